/// A JSON object behind something short, as docker-compose (`web_1  | {…}`) and others wrap it.
enum PrefixedJSONLine {
    private static let maxPrefixBytes = 96

    static func parse(_ context: TextContext, _ table: inout TextFieldTable) -> Bool {
        var cursor = context.cursor
        guard EmbeddedJSON.endsLikeJSON(context), cursor.advance(to: 0x7B, within: maxPrefixBytes),
            cursor.position > context.start, EmbeddedJSON.isStart(cursor)
        else { return false }
        table.embeddedJSON = cursor.position
        table.message = cursor.position..<context.count
        return true
    }
}
