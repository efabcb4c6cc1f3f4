#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Finds ids and a few other fields that stand in text as `key=value`, `key: value` or `"key":"value"`.
///
/// Behind a colon only ids count, because prose is full of colons. A status counts only beside a method or path.
enum PlainFields {
    /// How far a line is searched.
    static let maxBytes = 16 * 1024
    /// Signs looked at, of each kind.
    private static let maxSigns = 48

    /// Adds what is found in a part of the line to the table.
    static func find(_ context: TextContext, in range: Range<Int>, _ table: inout TextFieldTable) {
        let end = min(range.upperBound, range.lowerBound + maxBytes)
        var status = 0..<0
        eachSign(0x3D, context.line, range.lowerBound, end) { sign in
            let meaning = meaning(context.line, range.lowerBound, sign)
            guard meaning != .other else { return }
            let value = value(context.line, sign + 1, end)
            if meaning == .status {
                if isStatus(context.line, value) { status = value }
            } else {
                add(meaning, context.line, value, &table)
            }
        }
        if table.has(.method) || table.has(.path) { table.add(.status, status) }
        eachSign(0x3A, context.line, range.lowerBound, end) { sign in
            // every id's key ends in `id`, `parent` or `b3`
            let last =
                context.line[sign - 1] == 0x22 && sign - 2 >= range.lowerBound
                ? context.line[sign - 2] : context.line[sign - 1]
            guard last | 0x20 == 0x64 || last | 0x20 == 0x74 else { return }
            let meaning = meaning(context.line, range.lowerBound, sign)
            guard isID(meaning) else { return }
            add(meaning, context.line, value(context.line, sign + 1, end), &table)
        }
    }

    @inline(__always) private static func eachSign(
        _ sign: UInt8,
        _ base: UnsafePointer<UInt8>,
        _ start: Int,
        _ end: Int,
        _ body: (Int) -> Void
    ) {
        var from = start + 1
        var seen = 0
        while from < end, seen < maxSigns, let found = memchr(base + from, Int32(sign), end - from) {
            let offset = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            body(offset)
            from = offset + 1
            seen += 1
        }
    }

    /// What the key before a sign means; quotes around it are looked through.
    private static func meaning(_ base: UnsafePointer<UInt8>, _ from: Int, _ sign: Int) -> Meaning {
        var end = sign
        if end > from, base[end - 1] == 0x22 || base[end - 1] == 0x27 { end -= 1 }
        var start = end
        while start > from, end - start <= 32 {
            let byte = base[start - 1]
            guard ASCII.isAlphanumeric(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E else { break }
            start -= 1
        }
        return start < end ? PlainKeys.shared.meaning(base, start, end) : .other
    }

    /// The value behind a sign: in quotes, or up to a blank or closing mark.
    private static func value(_ base: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Range<Int> {
        var start = from
        if start < end, base[start] == 0x20 { start += 1 }
        if start < end, base[start] == 0x22 || base[start] == 0x27 { start += 1 }
        var index = start
        loop: while index < end {
            switch base[index] {
            case 0...0x20, 0x22, 0x27, 0x2C, 0x3B, 0x5D, 0x29, 0x7D, 0x7C, 0x3E: break loop
            default: index += 1
            }
        }
        return start..<index
    }

    private static func add(
        _ meaning: Meaning,
        _ base: UnsafePointer<UInt8>,
        _ value: Range<Int>,
        _ table: inout TextFieldTable
    ) {
        // What opens a list or an object is no value by itself.
        guard !value.isEmpty, base[value.lowerBound] != 0x5B, base[value.lowerBound] != 0x7B else { return }
        switch meaning {
        case .level:
            table.addLevel(base, value.lowerBound, value.upperBound)
        case .method:
            guard HTTPMethodName.isKnown(base + value.lowerBound, value.count) else { return }
            table.add(meaning, value)
        case .service:
            // A name in a sentence is none; what Heroku's router calls so is a duration.
            guard ASCII.isDigit(base[value.lowerBound]), base[value.upperBound - 1] == 0x73,
                Latency.nanoseconds(base + value.lowerBound, value.count, meaning: .latency) != nil
            else { return }
            table.add(.latency, value)
        case .path, .route:
            guard base[value.lowerBound] == 0x2F || base[value.lowerBound] == 0x68 else { return }
            table.add(meaning, value)
        default:
            guard !TraceContext.isPlaceholder(base + value.lowerBound, value.count) else { return }
            table.add(meaning, value)
        }
    }

    private static func isID(_ meaning: Meaning) -> Bool {
        switch meaning {
        case .traceID, .spanID, .requestID, .traceContext, .datadogTraceID, .datadogSpanID: true
        default: false
        }
    }

    private static func isStatus(_ base: UnsafePointer<UInt8>, _ value: Range<Int>) -> Bool {
        var cursor = ByteCursor(base, from: value.lowerBound, to: value.upperBound)
        return value.count == 3 && cursor.takeStatus() != nil
    }
}
