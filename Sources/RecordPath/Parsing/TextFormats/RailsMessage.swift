/// What Rails says about a request in its own words, with or without a logger's header.
enum RailsMessage {
    /// Reads `Started GET "/x" for …` and `Completed 200 OK in 58ms …`, behind tags in brackets.
    static func read(_ context: TextContext, _ start: ByteCursor, _ table: inout TextFieldTable) {
        var cursor = start
        readTags(&cursor, &table)
        if cursor.take("Started ") {
            readStarted(context, &cursor, &table)
        } else if cursor.take("Completed ") {
            readCompleted(&cursor, &table)
        }
    }

    private static func readTags(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        for _ in 0..<8 {
            guard cursor.next == 0x5B else { return }
            var probe = cursor
            guard probe.advance(to: 0x5D, within: 128), probe.peek(1) == 0x20 else { return }
            let tag = cursor.position + 1..<probe.position
            if tag.count == 36, UUIDText.stands(in: cursor.base, at: tag.lowerBound) {
                table.add(.requestID, tag.lowerBound, tag.upperBound)
            }
            cursor.position = probe.position + 2
        }
    }

    private static func readStarted(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ table: inout TextFieldTable
    ) {
        let method = cursor.position
        guard cursor.skipWord(), HTTPMethodName.isKnown(context.line + method, cursor.position - method) else { return }
        let methodEnd = cursor.position
        guard cursor.take(0x20), let path = cursor.takeQuoted() else { return }
        table.add(.method, method, methodEnd)
        table.add(.path, path.lowerBound, path.upperBound)
    }

    private static func readCompleted(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        let status = cursor.position
        guard let code = cursor.number(atMost: 3), code >= 100 else { return }
        let statusEnd = cursor.position
        var probe = cursor
        while probe.advance(to: 0x69, within: 48) {
            if probe.take("in ") {
                let latency = probe.position
                guard DecimalNumber(&probe) != nil, probe.take("ms") else { break }
                table.add(.latency, latency, probe.position)
                break
            }
            probe.position += 1
        }
        table.add(.status, status, statusEnd)
    }
}
