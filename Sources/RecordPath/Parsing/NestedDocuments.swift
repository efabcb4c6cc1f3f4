#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Finds canonical fields in documents inside a line: objects at the end of text, JSON that stands as text in a
/// message, and the lists of OTLP's JSON encoding.
///
/// | line | who writes it |
/// |---|---|
/// | `12:00:00 INFO done {"status":200}` | zap's console and many others |
/// | `{"log":"{\"level\":\"warn\",…}\n","stream":"stdout"}` | what wraps the JSON of a program into its own |
/// | `{"timeUnixNano":"…","attributes":[{"key":"http.route","value":{"stringValue":"/"}}]}` | a record of OTLP |
/// | `{"resourceLogs":[{"resource":{…},"scopeLogs":[{"logRecords":[{…}]}]}]}` | a batch of OTLP: its first record speaks for the line |
///
/// What is found are places in the line itself, never copies.
struct NestedDocuments: ~Copyable {
    /// Lists in lists that are gone into: a batch has three.
    private static let maximumDepth = 4

    private var scanner = LineScanner(capacity: 4096)
    private var tape = FieldTape()
    private var text = Arena(capacity: 4096)
    private var found = CanonicalFields()

    /// Gives back what lines took that were longer, or had more fields, than `count`; between two lines.
    mutating func shrink(to count: Int) {
        scanner.shrink(to: count)
        tape.shrink(to: count)
        if text.capacity > count { text = Arena(capacity: 4096) }
    }

    /// Takes the fields of a line, and what the lists among them say.
    @inline(__always) mutating func take(
        _ fields: UnsafeBufferPointer<Field>,
        of line: LineView,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) {
        for index in 0..<fields.count { canonical.offer(fields[index], rank: fields[index].rank) }
        if canonical.has(.pairs) || canonical.has(.records) || canonical.has(.contexts) {
            readLists(fields, line, 0, &canonical, &keys)
        }
    }

    /// Takes the fields of an object that stands somewhere in the line.
    mutating func readObject(
        _ line: LineView,
        _ range: Range<Int>,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable,
        depth: Int = 0
    ) {
        let view = scanner.scan(line.base + range.lowerBound, range.count, tables: nil)
        guard JSONWalker.parse(view, into: &tape, keys: &keys) else { return }
        Self.offer(tape, from: range.lowerBound, to: &canonical)
        readLists(tape.fields, line, depth, &canonical, &keys)
    }

    /// Takes the pairs of logfmt that stand at the end of the line; false where others do.
    mutating func readPairs(
        _ line: LineView,
        _ range: Range<Int>,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) -> Bool {
        let view = scanner.scan(line.base + range.lowerBound, range.count, tables: nil)
        guard LogfmtWalker.parse(view, into: &tape, keys: &keys) else { return false }
        Self.offer(tape, from: range.lowerBound, to: &canonical)
        return true
    }

    /// Moves the fields of what stands at `start` to their places in the line, and offers them.
    private static func offer(_ tape: borrowing FieldTape, from start: Int, to canonical: inout CanonicalFields) {
        for index in 0..<tape.count {
            let field = tape.base + index
            field.pointee.start &+= UInt32(truncatingIfNeeded: start)
            field.pointee.end &+= UInt32(truncatingIfNeeded: start)
            canonical.offer(field.pointee, rank: field.pointee.rank)
        }
    }

    // MARK: OTLP

    private mutating func readLists(
        _ fields: UnsafeBufferPointer<Field>,
        _ line: LineView,
        _ depth: Int,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) {
        var records: Range<Int>?
        for field in fields where field.kind == .array {
            let range = Int(field.start)..<Int(field.end)
            if field.meaning == .pairs { readPairs(line, range, of: field.key, &canonical, &keys) }
            if field.meaning == .contexts { readContexts(line, range, of: field.key, &canonical, &keys) }
            if field.meaning == .records, records == nil { records = range }
        }
        guard let records, depth < Self.maximumDepth else { return }
        var steps = JSONSteps(line.base, records)
        guard steps.enter(UInt8(ascii: "[")), let first = steps.next(), line.base[first.lowerBound] == 0x7B else {
            return
        }
        readObject(line, first, &canonical, &keys, depth: depth + 1)
    }

    /// `[{"key":"http.route","value":{"stringValue":"/cart"}}, …]`.
    private func readPairs(
        _ line: LineView,
        _ range: Range<Int>,
        of parent: UInt32,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) {
        var pairs = JSONSteps(line.base, range)
        guard pairs.enter(UInt8(ascii: "[")) else { return }
        while let pair = pairs.next() {
            guard let (key, value) = Self.pair(line, pair) else { continue }
            offer(line, key, value, of: parent, &canonical, &keys)
        }
    }

    /// `[{"name":"request","method":"GET"}, …]`: of equal names the last counts, as it does elsewhere.
    private func readContexts(
        _ line: LineView,
        _ range: Range<Int>,
        of parent: UInt32,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) {
        var list = JSONSteps(line.base, range)
        guard list.enter(UInt8(ascii: "[")) else { return }
        while let object = list.next() {
            var members = JSONSteps(line.base, object)
            guard members.enter(UInt8(ascii: "{")) else { continue }
            while let member = members.nextMember() {
                offer(line, member.key, member.value, of: parent, &canonical, &keys)
            }
        }
    }

    /// Offers a value under a key that stands in a list.
    private func offer(
        _ line: LineView,
        _ key: Range<Int>,
        _ value: Range<Int>,
        of parent: UInt32,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) {
        guard !keys.isFull else { return }
        let number = keys.key(line.base + key.lowerBound, key.count, parent: parent)
        let entry = keys.entry(number)
        guard entry.meaning != .other, var field = Self.field(line, value) else { return }
        field.meaning = entry.meaning
        canonical.offer(field, rank: entry.rank)
    }

    /// The key without its quotes, and the value within the object that tells its type.
    private static func pair(_ line: LineView, _ range: Range<Int>) -> (key: Range<Int>, value: Range<Int>)? {
        var members = JSONSteps(line.base, range)
        var key: Range<Int>?
        var value: Range<Int>?
        guard members.enter(UInt8(ascii: "{")) else { return nil }
        while let member = members.nextMember() {
            if isName(line, member.key, "key"), line.base[member.value.lowerBound] == 0x22 {
                key = member.value.lowerBound + 1..<member.value.upperBound - 1
            } else if isName(line, member.key, "value") {
                value = member.value
            }
        }
        guard let key, let value else { return nil }
        var typed = JSONSteps(line.base, value)
        guard typed.enter(UInt8(ascii: "{")), let inside = typed.nextMember() else { return nil }
        return (key, inside.value)
    }

    private static func isName(_ line: LineView, _ range: Range<Int>, _ name: StaticString) -> Bool {
        ASCII.equal(line.base + range.lowerBound, range.count, ignoringCase: name)
    }

    /// A string or number as a field without a key; nil for other values.
    private static func field(_ line: LineView, _ range: Range<Int>) -> Field? {
        let first = line.base[range.lowerBound]
        if first != 0x22 {
            guard ASCII.isDigit(first) else { return nil }
            return Field(key: 0, start: UInt32(range.lowerBound), end: UInt32(range.upperBound), kind: .number)
        }
        let isEscaped = memchr(line.base + range.lowerBound, 0x5C, range.count) != nil
        return Field(
            key: 0,
            start: UInt32(range.lowerBound + 1),
            end: UInt32(range.upperBound - 1),
            kind: isEscaped ? .escapedString : .string
        )
    }

    // MARK: JSON as text

    /// Where the message is a JSON document as text, takes that document's fields.
    ///
    /// A line that says no level itself only wraps the document, whose fields then come first; else they fill what
    /// the line does not say. Its message always counts.
    @inline(__always) mutating func readMessage(
        _ line: LineView,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) {
        guard canonical.has(.message) else { return }
        let slot = canonical.slot(.message)
        if slot.kind == .escapedString, line.base[Int(slot.start)] == UInt8(ascii: "{") {
            readDocument(line, slot.range, &canonical, &keys)
        }
    }

    @inline(never) private mutating func readDocument(
        _ line: LineView,
        _ range: Range<Int>,
        _ canonical: inout CanonicalFields,
        _ keys: inout KeyTable
    ) {
        guard spread(line.base + range.lowerBound, range.count) else { return }
        let view = scanner.scan(UnsafePointer(text.base), text.count, tables: nil)
        guard JSONWalker.parse(view, into: &tape, keys: &keys) else { return }
        found.removeAll()
        Self.offer(tape, from: range.lowerBound, to: &found)
        let isWrapper = !canonical.has(.level)
        for meaning in Meaning.allCases where found.has(meaning) {
            if isWrapper || meaning == .message || !canonical.has(meaning) {
                canonical.set(meaning, found.slot(meaning))
            }
        }
    }

    /// Puts a document that is written as text into `text`, each byte where it stands in the line; false where its
    /// quotes do not fit.
    ///
    /// An escaped quote becomes a quote with blanks outside of it; what is escaped twice stays inside its string.
    private mutating func spread(_ document: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        text.removeAll()
        text.append(UnsafeBufferPointer(start: document, count: count))
        let base = text.base
        var isInside = false
        var at = 0
        while at < count, let found = memchr(base + at, 0x5C, count - at) {
            at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            let quote = quoteLength(at)
            if quote > 0 {
                memset(base + at, 0x20, quote)
                base[isInside ? at : at + quote - 1] = UInt8(ascii: "\"")
                isInside.toggle()
                at += quote
            } else if base[at + 1] == 0x5C {
                guard isInside else { return false }
                at += 2 + (base[at + 2] == 0x5C ? max(quoteLength(at + 2), 2) : 1)
            } else {
                // Line ends between the values.
                if !isInside { memset(base + at, 0x20, min(2, count - at)) }
                at += 2
            }
        }
        return !isInside
    }

    /// Bytes of the escaped quote at an offset, `\"` or `\u0022`; 0 where none stands.
    ///
    /// The slack of the arena may be read.
    private func quoteLength(_ at: Int) -> Int {
        let cursor = ByteCursor(UnsafePointer(text.base), from: at, to: text.count)
        if cursor.starts(with: "\\\"") { return 2 }
        return cursor.starts(with: "\\u0022") ? 6 : 0
    }
}
