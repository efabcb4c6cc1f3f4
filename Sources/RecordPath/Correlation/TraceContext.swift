/// Ids as tracers write them into headers and log lines, taken apart and checked.
///
/// | form | example |
/// |---|---|
/// | W3C `traceparent` | `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01` |
/// | B3 single header | `80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90` |
/// | Jaeger `uber-trace-id` | `3f2a1b:e457b5a2:0:1` (leading zeros left out) |
/// | AWS `X-Amzn-Trace-Id` | `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1` |
/// | Google `X-Cloud-Trace-Context` | `105445aa7843bc8bf206b12000100000/74;o=1` (span in decimal) |
/// | Google Logging `trace` | `projects/shop/traces/105445aa7843bc8bf206b12000100000` |
/// | Datadog | `7277407061855694839` (64 bits in decimal) |
package struct TraceContext: Equatable, Sendable {
    package var traceID: TraceID
    package var spanID: SpanID?
    /// The sampling decision, where one is written.
    package var isSampled: Bool?

    /// Makes a context.
    package init(traceID: TraceID, spanID: SpanID? = nil, isSampled: Bool? = nil) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Longer texts are no trace context.
    package static let maxBytes = 512
    /// Request ids: as many bytes as gateways let through.
    package static let requestIDMaxBytes = 128

    /// Reads any of the composite forms; the form is told from the text.
    package init(_ text: UnsafePointer<UInt8>, _ count: Int) throws(TraceContextFault) {
        guard count > 0, count <= Self.maxBytes else { throw .length }
        var cursor = ByteCursor(text, count)
        cursor.skipBlanks()
        if cursor.peek(2) == 0x2D {
            self = try Self.w3c(&cursor)
        } else if Self.hasKeyValues(cursor) {
            self = try Self.amazon(&cursor)
        } else {
            self = try Self.separated(&cursor)
        }
    }

    /// A trace id that stands alone: 32 digits of either case, also behind `0x` as OpenTelemetry for Python has it, a
    /// UUID, 16 digits, or one of the composite forms.
    package static func traceID(_ text: UnsafePointer<UInt8>, _ count: Int) throws(TraceContextFault) -> TraceID {
        switch count {
        case 32: return try plainTraceID(text, 32)
        case 16:
            guard let low = Hex.read16(text) else { throw .notHex }
            guard let id = TraceID(high: 0, low: low) else { throw .allZero }
            return id
        case 34 where text[0] == 0x30 && text[1] | 0x20 == 0x78: return try plainTraceID(text + 2, 32)
        case 36 where text[8] == 0x2D: return try uuid(text)
        case 35 where text[1] == 0x2D && text[10] == 0x2D: return try amazonRoot(ByteCursor(text, count))
        case 1...15:
            guard Hex.read(text, count) != nil else { throw .notHex }
            throw .length
        case 0: throw .length
        default: return try TraceContext(text, count).traceID
        }
    }

    /// A span id: 16 digits of either case, also behind `0x`.
    package static func spanID(_ text: UnsafePointer<UInt8>, _ count: Int) throws(TraceContextFault) -> SpanID {
        let isPrefixed = count == 18 && text[0] == 0x30 && text[1] | 0x20 == 0x78
        guard count == 16 || isPrefixed else { throw .length }
        guard let value = Hex.read16(isPrefixed ? text + 2 : text) else { throw .notHex }
        guard let id = SpanID(value) else { throw .allZero }
        return id
    }

    /// Datadog's decimal trace id as the 128 bits that OpenTelemetry makes of it; its hexadecimal ids as they are.
    package static func datadogTraceID(
        _ text: UnsafePointer<UInt8>,
        _ count: Int
    ) throws(TraceContextFault) -> TraceID {
        if count == 32 { return try plainTraceID(text, count) }
        guard let id = TraceID(high: 0, low: try decimal(text, count)) else { throw .allZero }
        return id
    }

    /// Datadog's decimal span id.
    package static func datadogSpanID(_ text: UnsafePointer<UInt8>, _ count: Int) throws(TraceContextFault) -> SpanID {
        guard let id = SpanID(try decimal(text, count)) else { throw .allZero }
        return id
    }

    /// Whether a text may be a request id: 1…128 printable ASCII bytes without blanks, quotes and backslashes, and
    /// not one of the words that loggers write for "none".
    package static func isRequestID(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count > 0, count <= requestIDMaxBytes else { return false }
        for index in 0..<count {
            let byte = text[index]
            if byte <= 0x20 || byte >= 0x7F || byte == 0x22 || byte == 0x5C { return false }
        }
        return !isPlaceholder(text, count)
    }

    /// Whether a value says that there is no id: `-`, `null`, `none`, `undefined`, `N/A`, `<nil>`, `unknown`.
    package static func isPlaceholder(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        switch count {
        case 0: true
        case 1: text[0] == 0x2D || text[0] == 0x30
        case 3: ASCII.equal(text, count, ignoringCase: "nil") || ASCII.equal(text, count, ignoringCase: "n/a")
        case 4: ASCII.equal(text, count, ignoringCase: "null") || ASCII.equal(text, count, ignoringCase: "none")
        case 5: ASCII.equal(text, count, ignoringCase: "<nil>")
        case 7: ASCII.equal(text, count, ignoringCase: "unknown")
        case 9: ASCII.equal(text, count, ignoringCase: "undefined")
        default: false
        }
    }

    // MARK: - Forms

    @inline(__always) private static func plainTraceID(
        _ text: UnsafePointer<UInt8>,
        _ count: Int
    ) throws(TraceContextFault) -> TraceID {
        guard let high = Hex.read16(text), let low = Hex.read16(text + 16) else { throw .notHex }
        guard let id = TraceID(high: high, low: low) else { throw .allZero }
        return id
    }

    private static func w3c(_ cursor: inout ByteCursor) throws(TraceContextFault) -> TraceContext {
        guard let version = hex(&cursor, 2), cursor.take(0x2D) else { throw .form }
        guard version != 0xFF else { throw .version }
        guard cursor.remaining >= 52, cursor.peek(32) == 0x2D, cursor.peek(49) == 0x2D else { throw .length }
        // the standard wants lower case; upper case is read, because proxies have been seen to change it
        let trace = try plainTraceID(cursor.base + cursor.position, 32)
        let span = try spanID(cursor.base + cursor.position + 33, 16)
        cursor.position += 50
        guard let flags = hex(&cursor, 2) else { throw .flags }
        cursor.skipBlanks()
        guard cursor.isAtEnd || (version != 0 && cursor.next == 0x2D) else { throw .version }
        return TraceContext(traceID: trace, spanID: span, isSampled: flags & 1 == 1)
    }

    private static func hasKeyValues(_ cursor: ByteCursor) -> Bool {
        var probe = cursor
        return probe.advance(to: 0x3D, within: 8)
    }

    /// `Root=…;Parent=…;Sampled=…` in any order, with other pairs among them.
    private static func amazon(_ cursor: inout ByteCursor) throws(TraceContextFault) -> TraceContext {
        var root: TraceID?
        var span: SpanID?
        var sampled: Bool?
        while !cursor.isAtEnd {
            cursor.skipBlanks()
            let start = cursor.position
            guard cursor.advance(to: 0x3D) else { break }
            let key = cursor.base + start
            let keyCount = cursor.position - start
            cursor.position += 1
            let value = field(&cursor, until: 0x3B)
            if ASCII.equal(key, keyCount, ignoringCase: "root") {
                root = try amazonRoot(value)
            } else if ASCII.equal(key, keyCount, ignoringCase: "parent") {
                span = try spanID(value.base + value.position, value.remaining)
            } else if ASCII.equal(key, keyCount, ignoringCase: "sampled") {
                sampled = value.next == 0x31 ? true : value.next == 0x30 ? false : nil
            }
        }
        guard let root else { throw .form }
        return TraceContext(traceID: root, spanID: span, isSampled: sampled)
    }

    /// `1-5759e988-bd862e3fe1be46a994272793`: version, seconds, 96 bits.
    private static func amazonRoot(_ text: ByteCursor) throws(TraceContextFault) -> TraceID {
        var cursor = text
        guard cursor.take(0x31), cursor.take(0x2D) else { throw .version }
        guard cursor.remaining == 33, cursor.peek(8) == 0x2D else { throw .length }
        let start = cursor.base + cursor.position
        guard let seconds = Hex.read(start, 8), let middle = Hex.read(start + 9, 8), let low = Hex.read16(start + 17)
        else { throw .notHex }
        guard let id = TraceID(high: seconds << 32 | middle, low: low) else { throw .allZero }
        return id
    }

    /// Forms told by what stands behind the trace id: `-` B3, `:` Jaeger, `/` or `;` Google.
    private static func separated(_ cursor: inout ByteCursor) throws(TraceContextFault) -> TraceContext {
        if cursor.take("projects/") {
            guard cursor.advance(to: 0x2F), cursor.take("/traces/") else { throw .form }
        }
        let start = cursor.position
        while ASCII.hexValue(cursor.next) < 16 { cursor.position += 1 }
        let id = cursor.base + start
        let count = cursor.position - start
        guard count > 0 else { throw .notHex }
        switch cursor.next {
        case 0x3A: return try jaeger(&cursor, id, count)
        case 0x25 where cursor.starts(with: "%3A"): return try jaeger(&cursor, id, count)
        case 0x2F, 0x3B: return try google(&cursor, try fixedTraceID(id, count))
        case 0x2D where count == 8 && cursor.remaining == 28: return TraceContext(traceID: try uuid(id))
        case 0x2D: return try b3(&cursor, try fixedTraceID(id, count))
        default:
            cursor.skipBlanks()
            guard cursor.isAtEnd else { throw .notHex }
            return TraceContext(traceID: try fixedTraceID(id, count))
        }
    }

    private static func fixedTraceID(_ text: UnsafePointer<UInt8>, _ count: Int) throws(TraceContextFault) -> TraceID {
        guard count == 32 || count == 16 else { throw .length }
        return try traceID(text, count)
    }

    /// `{span}-{sampled}-{parent}` behind the trace id and a dash; all but the span may be missing.
    private static func b3(_ cursor: inout ByteCursor, _ trace: TraceID) throws(TraceContextFault) -> TraceContext {
        cursor.position += 1
        let span = field(&cursor, until: 0x2D)
        var context = TraceContext(traceID: trace, spanID: try spanID(span.base + span.position, span.remaining))
        let sampled = field(&cursor, until: 0x2D)
        switch (sampled.remaining, sampled.next) {
        case (0, _): break
        case (1, 0x31), (1, 0x64): context.isSampled = true
        case (1, 0x30): context.isSampled = false
        default: throw .flags
        }
        let parent = field(&cursor, until: 0x2D)
        guard parent.isAtEnd || parent.remaining == 16, cursor.isAtEnd else { throw .form }
        return context
    }

    /// `{trace}:{span}:{parent}:{flags}`, each without leading zeros; the colons may be URL-encoded.
    private static func jaeger(
        _ cursor: inout ByteCursor,
        _ id: UnsafePointer<UInt8>,
        _ count: Int
    ) throws(TraceContextFault) -> TraceContext {
        guard count <= 32 else { throw .length }
        let split = max(0, count - 16)
        guard let low = Hex.read(id + split, count - split),
            let trace = TraceID(
                high: split > 0 ? Hex.read(id, split) ?? 0 : 0,
                low: low
            )
        else { throw .allZero }
        guard takeColon(&cursor), let span = hexRun(&cursor), takeColon(&cursor), hexRun(&cursor) != nil,
            takeColon(&cursor), let flags = hexRun(&cursor), cursor.isAtEnd
        else { throw .form }
        guard let spanID = SpanID(span) else { throw .allZero }
        return TraceContext(traceID: trace, spanID: spanID, isSampled: flags & 1 == 1)
    }

    /// `/{span in decimal};o={flags}` behind the trace id.
    private static func google(_ cursor: inout ByteCursor, _ trace: TraceID) throws(TraceContextFault) -> TraceContext {
        var context = TraceContext(traceID: trace)
        if cursor.take(0x2F) {
            let start = cursor.position
            while ASCII.isDigit(cursor.next) { cursor.position += 1 }
            let value = try decimal(cursor.base + start, cursor.position - start)
            context.spanID = SpanID(value)
        }
        if cursor.take(";o=") {
            let flags = cursor.next
            cursor.position += 1
            guard flags >= 0x30, flags <= 0x33 else { throw .flags }
            context.isSampled = flags & 1 == 1
        }
        guard cursor.isAtEnd else { throw .form }
        return context
    }

    /// A UUID of 36 bytes.
    private static func uuid(_ text: UnsafePointer<UInt8>) throws(TraceContextFault) -> TraceID {
        guard text[8] == 0x2D, text[13] == 0x2D, text[18] == 0x2D, text[23] == 0x2D else { throw .form }
        guard let a = Hex.read(text, 8), let b = Hex.read(text + 9, 4), let c = Hex.read(text + 14, 4),
            let d = Hex.read(text + 19, 4), let e = Hex.read(text + 24, 12)
        else { throw .notHex }
        guard let id = TraceID(high: a << 32 | b << 16 | c, low: d << 48 | e) else { throw .allZero }
        return id
    }

    // MARK: - Parts

    /// `count` hexadecimal digits; nil, and not moved, where others stand.
    private static func hex(_ cursor: inout ByteCursor, _ count: Int) -> UInt64? {
        guard cursor.remaining >= count, let value = Hex.read(cursor.base + cursor.position, count) else { return nil }
        cursor.position += count
        return value
    }

    /// Up to 16 hexadecimal digits.
    private static func hexRun(_ cursor: inout ByteCursor) -> UInt64? {
        var count = 0
        while ASCII.hexValue(cursor.peek(count)) < 16, count <= 16 { count += 1 }
        return hex(&cursor, count)
    }

    private static func takeColon(_ cursor: inout ByteCursor) -> Bool {
        cursor.take(0x3A) || cursor.take("%3A") || cursor.take("%3a")
    }

    /// What stands up to a separator or the end; the cursor is left behind the separator.
    private static func field(_ cursor: inout ByteCursor, until separator: UInt8) -> ByteCursor {
        let start = cursor.position
        let found = cursor.advance(to: separator)
        if !found { cursor.position = cursor.end }
        let part = ByteCursor(cursor.base, from: start, to: cursor.position)
        if found { cursor.position += 1 }
        return part
    }

    /// A decimal number of 64 bits.
    private static func decimal(_ text: UnsafePointer<UInt8>, _ count: Int) throws(TraceContextFault) -> UInt64 {
        guard count > 0, count <= 20 else { throw .length }
        var value: UInt64 = 0
        for index in 0..<count {
            let digit = text[index] &- 0x30
            guard digit < 10 else { throw .notHex }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carried else { throw .length }
            value = sum
        }
        return value
    }
}
