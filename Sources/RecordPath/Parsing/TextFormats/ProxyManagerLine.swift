/// What Nginx Proxy Manager writes for each request.
///
/// `[time] cache upstream-status status - METHOD scheme host "uri" [Client …] [Length …] [Gzip …] [Sent-to …] "agent" …`,
/// and without the first two where nothing stands behind the proxy.
enum ProxyManagerLine {
    /// Words between the time and the method.
    private static let maxWords = 4

    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.take(0x5B) else { return false }
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.take("] "), let status = skipToMethod(&cursor) else { return false }
        let method = cursor.position
        guard cursor.skipWord() else { return false }
        let methodEnd = cursor.position
        guard cursor.take(" http"), cursor.skipWord() || cursor.next == 0x20, cursor.take(0x20), cursor.skipWord(),
            cursor.take(0x20), let target = cursor.takeQuoted(), cursor.take(" [Client ")
        else { return false }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.status, status.lowerBound, status.upperBound)
        table.add(.method, method, methodEnd)
        table.add(.path, target.lowerBound, target.upperBound)
        readAgent(&cursor, &table)
        return true
    }

    /// Goes to the method and tells where the last status before it stands.
    private static func skipToMethod(_ cursor: inout ByteCursor) -> Range<Int>? {
        var status: Range<Int>?
        for _ in 0...maxWords {
            let start = cursor.position
            guard cursor.skipWord() else { return nil }
            let count = cursor.position - start
            if HTTPMethodName.isKnown(cursor.base + start, count) {
                cursor.position = start
                return status
            }
            var probe = ByteCursor(cursor.base, from: start, to: cursor.position)
            if count == 3, let code = probe.number(atMost: 3), code >= 100, code < 600 {
                status = start..<cursor.position
            }
            guard cursor.take(0x20) else { return nil }
        }
        return nil
    }

    private static func readAgent(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        guard cursor.advance(to: 0x22, within: 256), let agent = cursor.takeQuoted(), agent.count > 1 else { return }
        table.add(.userAgent, agent.lowerBound, agent.upperBound)
    }
}
