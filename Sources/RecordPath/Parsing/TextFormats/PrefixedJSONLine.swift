/// A JSON object behind something short, as docker-compose (`web_1  | {…}`) and others wrap it.
enum PrefixedJSONLine {
    private static let maxPrefixBytes = 96

    static func parse(_ context: TextContext, _ table: inout TextFieldTable) -> Bool {
        var cursor = context.cursor
        guard EmbeddedJSON.endsLikeJSON(context), cursor.advance(to: 0x7B, within: maxPrefixBytes),
            cursor.position > context.start, EmbeddedJSON.isStart(cursor), isSetOff(context, cursor.position)
        else { return false }
        table.embeddedJSON = cursor.position
        table.message = cursor.position..<context.count
        return true
    }

    /// A JSON object that is all there is behind a wrapper's prefix.
    static func parseWhole(_ context: TextContext, _ table: inout TextFieldTable) -> Bool {
        guard context.first == 0x7B, EmbeddedJSON.endsLikeJSON(context), EmbeddedJSON.isStart(context.cursor) else {
            return false
        }
        table.embeddedJSON = context.start
        table.message = context.start..<context.count
        return true
    }

    /// Whether what stands before ends in a sign, so that it is a prefix and not a message.
    private static func isSetOff(_ context: TextContext, _ brace: Int) -> Bool {
        var last = brace - 1
        while last > context.start, context.line[last] <= 0x20 { last -= 1 }
        switch context.line[last] {
        case 0x7C, 0x3A, 0x5D, 0x3E, 0x2D: return true
        default: return false
        }
    }
}
