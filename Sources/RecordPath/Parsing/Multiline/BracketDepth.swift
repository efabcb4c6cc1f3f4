/// Follows the braces and brackets of JSON that is printed over several lines.
enum BracketDepth {
    /// Deeper printing is not followed.
    private static let maxDepth = 200

    /// The state that a line opens which begins with a brace or bracket; nil where it opens nothing.
    ///
    /// A whole object on one line is complete. Only a line that ends where JSON may be broken opens one.
    static func opening(_ text: ByteCursor) -> TraceState? {
        guard let last = last(text) else { return nil }
        if text.next == 0x7B, last == 0x7D { return .idle }
        guard last == 0x7B || last == 0x2C || last == 0x5B, text.next == 0x7B || text.remaining == 1 else { return nil }
        let depth = depth(text, from: 0)
        return depth > 0 && depth < maxDepth ? .json(depth: depth) : nil
    }

    /// The state behind the next line; nil where it cannot belong to it.
    static func continuation(_ text: ByteCursor, depth: Int) -> TraceState? {
        switch text.next {
        case 0x20, 0x09, 0x7B, 0x7D, 0x5B, 0x5D, 0x22: break
        default: return nil
        }
        let next = Self.depth(text, from: depth)
        guard next < maxDepth else { return nil }
        return next > 0 ? .json(depth: next) : .idle
    }

    /// The depth at the end of a line; brackets inside strings do not count.
    private static func depth(_ text: ByteCursor, from start: Int) -> Int {
        var depth = start
        var cursor = text
        while !cursor.isAtEnd {
            switch cursor.next {
            case 0x22:
                if cursor.takeQuoted() == nil { return depth }
                continue
            case 0x7B, 0x5B: depth += 1
            case 0x7D, 0x5D: depth -= 1
            default: break
            }
            cursor.position += 1
        }
        return depth
    }

    private static func last(_ text: ByteCursor) -> UInt8? {
        var end = text.end
        while end > text.position, text.base[end - 1] <= 0x20 { end -= 1 }
        return end > text.position ? text.base[end - 1] : nil
    }
}
