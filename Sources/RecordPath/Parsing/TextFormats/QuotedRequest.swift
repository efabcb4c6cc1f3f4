/// A request in escaped quotes and its status, as access logs give them to a JSON formatter.
///
/// `127.0.0.1:5000 - \"GET /x HTTP/1.1\" 200` is uvicorn's, `10.0.0.5 - - [01/Jan/2023 12:00:00] \"GET /x HTTP/1.1\"
/// 200 -` werkzeug's, `\"GET /x HTTP/1.1\" 200 12` Django's.
enum QuotedRequest {
    /// How far into a message the request may begin.
    private static let maxPrefix = 160

    /// What stands in a message whose quotes are escaped; nil where no request with a protocol and a status does.
    static func find(_ message: ByteCursor) -> RequestFinding? {
        var cursor = message
        while cursor.advance(to: 0x5C, within: max(0, message.position + maxPrefix - cursor.position)) {
            guard !cursor.take("\\\"") else { return read(cursor) }
            cursor.position += 2
        }
        return nil
    }

    private static func read(_ start: ByteCursor) -> RequestFinding? {
        guard let request = RequestLine(start.base, start.position, start.end) else { return nil }
        var cursor = ByteCursor(start.base, from: request.target.upperBound, to: start.end)
        guard cursor.take(" HTTP/"), cursor.advance(to: 0x5C, within: 4), cursor.take("\\\" "),
            let status = cursor.takeStatus(), cursor.next <= 0x20
        else { return nil }
        return RequestFinding(method: request.method, path: request.target, status: status)
    }
}
