/// morgan's `dev` and `tiny`, as Express applications print them: `GET /x 200 5.123 ms - 12` and
/// `GET /x 200 12 - 5.123 ms`.
enum MorganLine {
    /// What such a line says.
    struct Finding {
        var request: RequestLine
        var code: Int
        var status: Range<Int>
        /// Milliseconds.
        var latency: Range<Int>
    }

    static func parse(_ context: TextContext, _ table: inout TextFieldTable) -> Bool {
        guard let found = find(context.cursor) else { return false }
        table.add(.method, found.request.method.lowerBound, found.request.method.upperBound)
        table.add(.path, found.request.target.lowerBound, found.request.target.upperBound)
        table.add(.status, found.status.lowerBound, found.status.upperBound)
        table.add(.latencyMillis, found.latency.lowerBound, found.latency.upperBound)
        return true
    }

    /// The request that stands at a cursor.
    static func find(_ start: ByteCursor) -> Finding? {
        var cursor = start
        guard let request = RequestLine(cursor.base, cursor.position, cursor.end) else { return nil }
        cursor.position = request.target.upperBound
        cursor.skipBlanks()
        cursor.skipColours()
        let status = cursor.position
        guard let code = cursor.number(atMost: 3), code >= 100, code < 600 else { return nil }
        let statusEnd = cursor.position
        cursor.skipColours()
        cursor.skipBlanks()
        skipLength(&cursor)
        let latency = cursor.position
        guard DecimalNumber(&cursor, allowsExponent: false) != nil else { return nil }
        let latencyEnd = cursor.position
        guard cursor.take(" ms") else { return nil }
        return Finding(request: request, code: code, status: status..<statusEnd, latency: latency..<latencyEnd)
    }

    /// The length that `tiny` has before the time: a number or a dash, and ` - `.
    private static func skipLength(_ cursor: inout ByteCursor) {
        var probe = cursor
        guard probe.take(0x2D) || probe.number(atMost: 18) != nil, probe.take(" - ") else { return }
        cursor = probe
    }
}
