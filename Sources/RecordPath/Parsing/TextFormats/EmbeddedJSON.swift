#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Finds a JSON object that reaches to the end of a line of text.
enum EmbeddedJSON {
    /// Where one begins in a part of the line that reaches to its end; nil where none does.
    static func find(_ context: TextContext, in range: Range<Int>) -> Int? {
        guard endsLikeJSON(context) else { return nil }
        var from = range.lowerBound
        while from < range.upperBound,
            let found = memchr(context.line + from, 0x7B, range.upperBound - from)
        {
            let offset = UnsafeRawPointer(found) - UnsafeRawPointer(context.line)
            if isStart(ByteCursor(context.line, from: offset, to: context.count)) { return offset }
            from = offset + 1
        }
        return nil
    }

    /// Whether the last byte that is no blank closes an object.
    @inline(__always) static func endsLikeJSON(_ context: TextContext) -> Bool {
        var last = context.count - 1
        while last >= 0, context.line[last] <= 0x20 { last -= 1 }
        return last >= 0 && context.line[last] == 0x7D
    }

    /// Whether an object with a member, or an empty one, begins at the cursor and a blank or bar stands before it.
    static func isStart(_ cursor: ByteCursor) -> Bool {
        guard cursor.next == 0x7B else { return false }
        if cursor.position > 0 {
            let before = cursor.base[cursor.position - 1]
            guard before == 0x20 || before == 0x09 || before == 0x7C || before == 0x3A || before == 0x5D else {
                return false
            }
        }
        var probe = cursor
        probe.position += 1
        probe.skipBlanks()
        return probe.next == 0x22 || probe.next == 0x7D
    }
}
