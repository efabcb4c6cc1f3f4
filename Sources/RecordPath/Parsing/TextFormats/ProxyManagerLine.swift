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
        guard let (time, stamp) = cursor.takeBracketedTime(&times, reference: context.reference),
            let status = skipToMethod(&cursor)
        else { return false }
        let method = cursor.position
        guard cursor.skipWord() else { return false }
        let methodEnd = cursor.position
        guard cursor.take(" http"), cursor.skipWord() || cursor.next == 0x20, cursor.take(0x20), cursor.skipWord(),
            cursor.take(0x20), let target = cursor.takeQuoted(), cursor.take(" [Client ")
        else { return false }
        table.time = time
        table.add(.timestamp, stamp)
        table.add(.status, status)
        table.add(.method, method, methodEnd)
        table.add(.path, target)
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
            if count == 3, let code = probe.takeStatus() { status = code }
            guard cursor.take(0x20) else { return nil }
        }
        return nil
    }

    private static func readAgent(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        guard cursor.advance(to: 0x22, within: 256), let agent = cursor.takeQuoted(), agent.count > 1 else { return }
        table.add(.userAgent, agent)
    }
}
