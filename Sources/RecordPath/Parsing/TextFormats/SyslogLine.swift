/// Syslog as programs and rsyslog write it.
///
/// `<34>1 2003-10-11T22:14:15.003Z host app pid msgid [data] message` (RFC 5424);
/// `<34>Oct 11 22:14:15 host app[pid]: message` (RFC 3164), also without the priority and with an RFC 3339 time, as
/// in `/var/log/syslog`; `<3>message`, as systemd and the kernel have it. HAProxy's and access log lines behind a
/// header are read too.
enum SyslogLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        let priority = readPriority(&cursor)
        if priority != nil, cursor.take("1 ") {
            guard readNew(context, &cursor, &times, &table) else { return false }
        } else if !readOld(context, &cursor, &times, &table) {
            guard priority != nil, !cursor.isAtEnd else { return false }
        }
        if let priority, table.level == .none { table.level = LevelName.syslog(UInt8(priority & 7)) }
        table.message = cursor.position..<context.count
        readBody(context, &cursor, &times, &table)
        return true
    }

    /// The priority, `<0>` to `<191>`.
    private static func readPriority(_ cursor: inout ByteCursor) -> Int? {
        var probe = cursor
        guard probe.take(0x3C), let value = probe.number(atMost: 3), value <= 191, probe.take(0x3E) else { return nil }
        cursor = probe
        return value
    }

    private static func readNew(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        let stamp = cursor.position
        if cursor.next == 0x2D {
            cursor.position += 1
        } else {
            guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
            table.time = time
            table.add(.timestamp, stamp, cursor.position)
        }
        for meaning in [Meaning.host, .service, .other, .other] {
            guard cursor.take(0x20) else { return false }
            let start = cursor.position
            guard cursor.skipWord() else { return false }
            let isNil = cursor.position == start + 1 && context.line[start] == 0x2D
            if meaning != .other, !isNil { table.add(meaning, start, cursor.position) }
        }
        guard cursor.take(0x20) else { return false }
        skipStructuredData(&cursor)
        cursor.skipBlanks()
        _ = cursor.take("\u{FEFF}")
        return true
    }

    /// `-`, or `[id key="value" …]` once or more; `]` inside quotes does not end it.
    private static func skipStructuredData(_ cursor: inout ByteCursor) {
        if cursor.take(0x2D) { return }
        while cursor.next == 0x5B {
            var probe = cursor
            while !probe.isAtEnd, probe.next != 0x5D {
                if probe.next == 0x22 {
                    guard probe.takeQuoted() != nil else { return }
                } else {
                    probe.position += 1
                }
            }
            guard probe.take(0x5D) else { return }
            cursor = probe
        }
    }

    /// `Oct 11 22:14:15 host app[pid]: `; leaves the cursor where it was when the header is not complete.
    private static func readOld(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var probe = cursor
        let stamp = probe.position
        guard ASCII.isUpper(probe.next) || probe.peek(10) == 0x54,
            let time = probe.takeTime(&times, reference: context.reference)
        else { return false }
        let stampEnd = probe.position
        guard probe.take(0x20) else { return false }
        let host = probe.position
        guard let hostEnd = name(&probe) else { return false }
        // HAProxy and others leave the host out where they log to a socket; only the old form of time is surely syslog's.
        var tag = host..<hostEnd
        if probe.take(0x20) || !ASCII.isUpper(context.line[stamp]) {
            let start = probe.position
            guard let end = name(&probe) else { return false }
            tag = start..<end
        }
        if probe.take(0x5B) {
            guard probe.advance(to: 0x5D, within: 20) else { return false }
            probe.position += 1
        }
        guard probe.take(0x3A) else { return false }
        _ = probe.take(0x20)
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        if tag.lowerBound > host { table.add(.host, host, hostEnd) }
        table.add(.service, tag)
        cursor = probe
        return true
    }

    /// A host or program name; its end.
    private static func name(_ cursor: inout ByteCursor) -> Int? {
        let start = cursor.position
        while cursor.position - start < 64 {
            let byte = cursor.next
            guard
                ASCII.isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x2F
                    || byte == 0x28 || byte == 0x29 || byte == 0x40
            else { break }
            cursor.position += 1
        }
        return cursor.position > start ? cursor.position : nil
    }

    /// Formats that are at home behind a syslog header.
    private static func readBody(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) {
        let body = context.from(cursor.position)
        if HAProxyLine.parse(body, &times, &table) || AccessLogLine.parse(body, &times, &table) { return }
        RequestInMessage.read(context, cursor.position..<context.count, &table)
    }
}
