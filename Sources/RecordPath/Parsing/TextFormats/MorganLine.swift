/// morgan's `dev` and `tiny`, as Express applications print them: `GET /x 200 5.123 ms - 12` and
/// `GET /x 200 12 - 5.123 ms`.
enum MorganLine {
    static func parse(_ context: TextContext, _ table: inout TextFieldTable) -> Bool {
        var cursor = context.cursor
        guard let request = RequestLine(context.line, cursor.position, context.count) else { return false }
        cursor.position = request.target.upperBound
        cursor.skipBlanks()
        cursor.skipColours()
        let status = cursor.position
        guard let code = cursor.number(atMost: 3), code >= 100 else { return false }
        let statusEnd = cursor.position
        cursor.skipColours()
        cursor.skipBlanks()
        skipLength(&cursor)
        let latency = cursor.position
        guard DecimalNumber(&cursor, allowsExponent: false) != nil, cursor.take(" ms") else { return false }
        table.add(.method, request.method.lowerBound, request.method.upperBound)
        table.add(.path, request.target.lowerBound, request.target.upperBound)
        table.add(.status, status, statusEnd)
        table.add(.latency, latency, cursor.position)
        return true
    }

    /// The length that `tiny` has before the time: a number or a dash, and ` - `.
    private static func skipLength(_ cursor: inout ByteCursor) {
        var probe = cursor
        guard probe.take(0x2D) || probe.number(atMost: 18) != nil, probe.take(" - ") else { return }
        cursor = probe
    }
}
