/// One route of `signals.routes`, such as `/users/{id}` or `/static/*`.
struct RouteTemplate: Sendable {
    private enum Segment: Equatable {
        case literal(start: Int, end: Int)
        /// `{name}` or `:name`: any one segment.
        case any
        /// `*` at the end: whatever is left.
        case rest
    }

    private let text: [UInt8]
    private var segments: [Segment] = []

    /// Takes a template apart; nil for an empty one and for one that is too long for a label.
    init?(_ template: String) {
        text = Array(template.utf8)
        guard !text.isEmpty, text.count <= RouteTemplates.maxBytes else { return nil }
        segments = text.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return [] }
            var cursor = ByteCursor(base, bytes.count)
            var found: [Segment] = []
            while let part = Self.nextSegment(&cursor) { found.append(Self.segment(part)) }
            return found
        }
    }

    /// Whether a path has this shape.
    func matches(_ path: ByteCursor) -> Bool {
        var cursor = path
        return text.withUnsafeBufferPointer { bytes in
            for segment in segments {
                if segment == .rest { return true }
                guard let part = Self.nextSegment(&cursor) else { return false }
                guard case .literal(let start, let end) = segment else { continue }
                guard part.remaining == end - start else { return false }
                for index in 0..<part.remaining where part.base[part.position + index] != bytes[start + index] {
                    return false
                }
            }
            return Self.nextSegment(&cursor) == nil
        }
    }

    /// Writes the template as it was configured and returns its length.
    func write(to target: UnsafeMutablePointer<UInt8>) -> Int {
        text.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            target.update(from: base, count: bytes.count)
            return bytes.count
        }
    }

    /// The next segment that is not empty, without its matrix parameters; the cursor is left behind it.
    @inline(__always) static func nextSegment(_ cursor: inout ByteCursor) -> ByteCursor? {
        cursor.skip(0x2F)
        guard !cursor.isAtEnd else { return nil }
        let start = cursor.position
        var end = -1
        while cursor.position < cursor.end, cursor.base[cursor.position] != 0x2F {
            if end < 0, cursor.base[cursor.position] == 0x3B { end = cursor.position }
            cursor.position &+= 1
        }
        return ByteCursor(cursor.base, from: start, to: end < 0 ? cursor.position : end)
    }

    private static func segment(_ part: ByteCursor) -> Segment {
        let last = part.peek(part.remaining - 1)
        if part.next == 0x2A { return part.remaining <= 2 ? .rest : .any }
        if part.next == 0x3A || (part.next == 0x7B && last == 0x7D) { return .any }
        return .literal(start: part.position, end: part.end)
    }
}
