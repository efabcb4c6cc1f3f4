/// A request that a server reports in a message: `"GET /x HTTP/1.1" 200 …`, perhaps behind `client - `.
///
/// Django's `[01/Jan/2023 12:00:00] "GET / HTTP/1.1" 200 12` and uvicorn's
/// `INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK` have it.
enum RequestInMessage {
    /// Adds method, path and status where a message begins like that.
    static func read(_ context: TextContext, _ message: Range<Int>, _ table: inout TextFieldTable) {
        var cursor = ByteCursor(context.line, from: message.lowerBound, to: message.upperBound)
        if cursor.next != 0x22 {
            guard ASCII.isAlphanumeric(cursor.next) || cursor.next == 0x5B, cursor.skipWord(), cursor.take(" - ") else {
                return
            }
        }
        guard let request = cursor.takeQuoted(), cursor.take(0x20),
            let parts = RequestLine(context.line, request.lowerBound, request.upperBound)
        else { return }
        let status = cursor.position
        guard let code = cursor.number(atMost: 3), code >= 100, cursor.next <= 0x20 else { return }
        table.add(.method, parts.method.lowerBound, parts.method.upperBound)
        table.add(.path, parts.target.lowerBound, parts.target.upperBound)
        table.add(.status, status, cursor.position)
    }
}
