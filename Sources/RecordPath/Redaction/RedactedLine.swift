/// Text that the redactor has seen: the only kind of line that encoders, and so everything after them, take.
///
/// Only this file can make one. Borrowed: valid until the worker takes the next line.
/// Invariant: `base` has `count + Arena.slack` readable bytes.
package struct RedactedLine {
    package let base: UnsafePointer<UInt8>
    package let count: Int
    /// `LineFlag`s of the redacted text.
    package let flags: UInt32

    fileprivate init(_ view: LineView) {
        base = view.base
        count = view.count
        flags = view.flags
    }
}

/// What the redactor decided about one line.
enum Passage {
    /// Nothing had to go: the line as it is.
    case clean(RedactedLine)
    /// What is left, as the output arena holds it; scanned and parsed.
    case edited(RedactedLine)
    /// The policy drops the whole record.
    case dropped
    /// Redaction failed: nothing of the record may go further.
    case withheld
}

extension Redactor {
    /// Lets a line that `parser` has parsed through, edits it into `output`, or keeps it back.
    ///
    /// Where it is edited, `line` becomes the scan of what is left, which `parser` has parsed; without `isRead` its bytes
    /// alone.
    @inline(never) mutating func pass(
        _ line: inout LineView,
        parser: inout LineParser,
        memory: inout LineMemory,
        reference: Int64,
        scope: RedactionScope,
        output: inout Arena,
        isRead: Bool = true
    ) -> Passage {
        beginKeyLine(of: memory.keyBlock)
        let fields = parser.fields(of: line)
        var result = redact(line, format: parser.format, fields: fields, service: scope, output: &output)
        if result == .edited {
            // The second of two lines with as many quotes becomes a shape, and this is still the first.
            let learns = parser.isByShape
            result = settle(&line, service: scope, output: &output, isRead: isRead) { line, wantsFields in
                parser.parse(line, memory: &memory, reference: reference, learns: learns)
                return (
                    parser.format, wantsFields ? parser.fields(of: line) : UnsafeBufferPointer(start: nil, count: 0)
                )
            }
        }
        endKeyLine(of: &memory.keyBlock)
        switch result {
        case .clean: return .clean(RedactedLine(line))
        case .edited: return .edited(RedactedLine(line))
        case .dropRecord: return .dropped
        case .withheld: return .withheld
        }
    }

    /// The line, when nothing in it is worth a look: no candidate, no key or array that must be looked into, no
    /// escapes that could hide something, no quoted keys in text.
    ///
    /// Nil: `pass` must decide.
    @inline(__always) func passUntouched(_ line: LineView, format: LineFormat, needsLook: Bool) -> RedactedLine? {
        if line.candidateCount > 0 || needsLook || line.flags & LineFlag.backslash != 0 { return nil }
        if line.count > Self.scanLimit || (format != .json && line.quoteCount > 1) { return nil }
        return RedactedLine(line)
    }

    /// A line of a benchmark, unseen.
    @inline(__always) func passUnseen(_ view: LineView) -> RedactedLine { RedactedLine(view) }

    /// Redacts the value of a label, whose name may say what it is: `com.acme.db.password`.
    mutating func redact(label name: String, _ value: String) -> String {
        let safe = redact(text: value)
        guard safe == value, !value.isEmpty else { return safe }
        // As a pair of logfmt the name counts; what is left of the pair is the label's value.
        let key = name.map { $0.isWhitespace || $0 == "=" || $0 == "\"" ? "_" : $0 }
        let bare = value.contains { $0 == "\"" || $0 == "\\" } ? "'" : "\""
        let pair = redact(text: String(key) + "=" + bare + value + bare)
        return pair == String(key) + "=" + bare + value + bare ? value : "[REDACTED]"
    }

    /// Redacts a text that is no log line: a container's name, a label.
    ///
    /// `[REDACTED]` where that fails.
    mutating func redact(text: String) -> String {
        var scanner = LineScanner()
        var arena = Arena(capacity: text.utf8.count)
        var output = Arena(capacity: text.utf8.count + 64)
        arena.append(text)
        var view = scanner.scan(UnsafePointer(arena.base), arena.count, tables: policy.kernelTables)
        let none = UnsafeBufferPointer<Field>(start: nil, count: 0)
        var result = redact(view, format: .text, fields: none, service: .everywhere, output: &output)
        if result == .edited {
            result = settle(&view, service: .everywhere, output: &output) { _, _ in (.text, none) }
        }
        switch result {
        case .clean: return text
        case .edited: return String(decoding: output.bytes, as: UTF8.self)
        case .dropRecord, .withheld: return "[REDACTED]"
        }
    }
}
