/// What Amazon S3's access log has besides the Common Log Format.
///
/// `owner bucket [time] client requester request-id operation key "request" status error sent size total turnaround …`:
/// the total is in milliseconds.
enum StorageAccess {
    /// Reads the words before the request and, from a cursor behind the status, those after it; false where they are
    /// not S3's.
    static func read(
        _ context: TextContext,
        _ words: Range<Int>,
        _ behindStatus: ByteCursor,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = ByteCursor(context.line, from: words.lowerBound, to: words.upperBound)
        guard cursor.skipWord(), cursor.take(0x20), cursor.skipWord(), cursor.take(0x20) else { return false }
        let id = cursor.position
        guard cursor.skipWord() else { return false }
        let idEnd = cursor.position
        guard cursor.take(0x20), isOperation(&cursor), cursor.take(0x20), cursor.skipWord() else { return false }
        table.add(.requestID, id, idEnd)
        var tail = behindStatus
        for _ in 0..<3 { guard tail.take(0x20), tail.skipWord() else { return true } }
        guard tail.take(0x20) else { return true }
        let total = tail.position
        if tail.number(atMost: 12) != nil { table.add(.latencyMillis, total, tail.position) }
        guard tail.advance(to: 0x22, within: 64), tail.takeQuoted() != nil, tail.take(0x20),
            let agent = tail.takeQuoted(), agent.count > 1
        else { return true }
        table.add(.userAgent, agent)
        return true
    }

    /// `REST.GET.OBJECT`, `WEBSITE.GET.OBJECT`, `BATCH.DELETE.OBJECT`, `S3.EXPIRE.OBJECT`.
    private static func isOperation(_ cursor: inout ByteCursor) -> Bool {
        let start = cursor.position
        var points = 0
        while ASCII.isUpper(cursor.next) || ASCII.isDigit(cursor.next) || cursor.next == 0x5F || cursor.next == 0x2E {
            if cursor.next == 0x2E { points += 1 }
            cursor.position += 1
        }
        return cursor.position > start && points >= 1
    }
}
