internal import CScan

/// Takes lines of text apart: finds a stream's format, stays with it while it fits, and looks into plain text for
/// a level and ids.
///
/// A worker owns one; what it remembers of a stream is one `TextFormat`, kept by the caller.
package struct TextParser: ~Copyable {
    private var times = TimestampReader()
    /// For each first byte the formats that may begin with it, a bit for each.
    private let candidates: [UInt32]

    /// Makes a parser for some formats; plain text is always among them.
    package init(formats: [TextFormat] = TextFormat.allCases) {
        candidates = (0...255).map { byte in
            formats.reduce(0) { $0 | ($1.mayBegin(with: UInt8(byte)) ? 1 << UInt32($1.rawValue) : 0) }
        }
    }

    /// Parses a line into `table` and returns its format, which `memory` keeps for the stream's next line.
    ///
    /// `reference` is the source's own time, for forms without a year. The message is the whole line where the
    /// format does not set it off.
    package mutating func parse(
        _ line: UnsafePointer<UInt8>,
        _ count: Int,
        reference: Int64,
        memory: inout TextMemory,
        into table: inout TextFieldTable
    ) -> TextFormat {
        var context = TextContext(line: line, count: count, reference: reference)
        context.skipColour()
        table.removeAll()
        if let classes = proseClasses(context) {
            memory.format = .text
            return finishProse(classes, context, &table)
        }
        if context.skipWrapper() {
            context.skipColour()
            table.prefix = context.start
            if PrefixedJSONLine.parseWhole(context, &table) {
                memory.format = .prefixedJSON
                return .prefixedJSON
            }
        }
        var untried = candidates[Int(context.first)]
        let last = memory.format
        let hint: UInt32 = 1 << UInt32(last.rawValue)
        if untried & hint != 0 {
            if attempt(last, context, &memory, &table) { return finish(last, context, &table) }
            untried &= ~hint
        }
        while untried != 0 {
            let format = TextFormat(rawValue: UInt8(untried.trailingZeroBitCount)) ?? .text
            if attempt(format, context, &memory, &table) {
                memory.format = format
                return finish(format, context, &table)
            }
            untried &= untried &- 1
        }
        if context.first == 0x5B, attemptBehindName(context, &table) {
            memory.format = .clf
            return finish(.clf, context, &table)
        }
        memory.format = .text
        return finish(.text, context, &table)
    }

    /// An access log line behind a name in brackets, as those who gather several logs put it there.
    @inline(never) private mutating func attemptBehindName(
        _ context: TextContext,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard candidates[0x2D] & 1 << UInt32(TextFormat.clf.rawValue) != 0, cursor.advance(to: 0x5D, within: 64),
            cursor.take("] ")
        else { return false }
        return AccessLogLine.parse(context.from(cursor.position), &times, &table)
    }

    /// What letters a line of prose has; nil where it is none.
    ///
    /// Prose begins with a word, and has none of the signs that every format needs which may begin like that: times
    /// and named loggers have a colon, pairs an equals sign, access logs a bracket. The name of a month or day may
    /// begin a date, two capitals a level or a method, and a brace at the end may close JSON.
    @inline(__always) private func proseClasses(_ context: TextContext) -> UInt32? {
        guard context.count - context.start > 4, ASCII.isLetter(context.first), ASCII.isLower(context.second),
            ASCII.isLower(context.first) || ASCII.isLetter(context.line[context.start + 3]),
            !EmbeddedJSON.endsLikeJSON(context)
        else { return nil }
        let classes = martlet_text_classes(context.line + context.start, context.count - context.start)
        return classes & UInt32(MARTLET_TEXT_SIGN) == 0 ? classes : nil
    }

    /// What may still be in prose: a level in capitals, a request in words.
    @inline(__always) private func finishProse(
        _ classes: UInt32,
        _ context: TextContext,
        _ table: inout TextFieldTable
    ) -> TextFormat {
        table.message = 0..<context.count
        guard classes & UInt32(MARTLET_TEXT_UPPER) != 0 else { return .text }
        PlainLevel.find(context, in: table.message, &table)
        readSentence(context, &table)
        return .text
    }

    /// Rails and Phoenix name requests in sentences, with or without a logger's header before them.
    @inline(__always) private func readSentence(_ context: TextContext, _ table: inout TextFieldTable) {
        if RequestSentence.mayBegin(with: context.first) { RequestSentence.read(context.cursor, &table) }
    }

    /// Tries one format; where it does not fit, the table is empty.
    @inline(__always) private mutating func attempt(
        _ format: TextFormat,
        _ context: TextContext,
        _ memory: inout TextMemory,
        _ table: inout TextFieldTable
    ) -> Bool {
        if parse(format, context, &memory, &table) { return true }
        let prefix = table.prefix
        table.removeAll()
        table.prefix = prefix
        return false
    }

    private mutating func parse(
        _ format: TextFormat,
        _ context: TextContext,
        _ memory: inout TextMemory,
        _ table: inout TextFieldTable
    ) -> Bool {
        switch format {
        case .clf: AccessLogLine.parse(context, &times, &table)
        case .envoy: EnvoyLine.parse(context, &times, &table)
        case .haproxy: HAProxyLine.parse(context, &times, &table)
        case .loadBalancer: LoadBalancerLine.parse(context, &times, &table)
        case .squid: SquidLine.parse(context, &times, &table)
        case .iis: IISLine.parse(context, &times, &table)
        case .w3c: W3CLine.parse(context, &memory.columns, &times, &table)
        case .proxyManager: ProxyManagerLine.parse(context, &times, &table)
        case .uwsgi: UWSGILine.parse(context, &times, &table)
        case .gin: GinLine.parse(context, &times, &table)
        case .morgan: MorganLine.parse(context, &table)
        case .nginxError: NginxErrorLine.parse(context, &times, &table)
        case .apacheError: ApacheErrorLine.parse(context, &times, &table)
        case .syslog: SyslogLine.parse(context, &times, &table)
        case .klog: KlogLine.parse(context, &times, &table)
        case .redis: RedisLine.parse(context, &times, &table)
        case .ruby: RubyLine.parse(context, &times, &table)
        case .timestamped: TimestampedLine.parse(context, &times, &table)
        case .levelFirst: LevelFirstLine.parse(context, &times, &table)
        case .prefixedJSON: PrefixedJSONLine.parse(context, &table)
        case .text: true
        }
    }

    /// What every format has in common: the message, JSON at its end, a level and ids that stand plainly in it.
    private func finish(
        _ format: TextFormat,
        _ context: TextContext,
        _ table: inout TextFieldTable
    ) -> TextFormat {
        if table.message.isEmpty { table.message = 0..<context.count }
        if format == .text { readSentence(context, &table) }
        if format.isAccessLog { return format }
        if table.embeddedJSON == nil { table.embeddedJSON = EmbeddedJSON.find(context, in: table.message) }
        if table.level == .none { PlainLevel.find(context, in: table.message, &table) }
        PlainFields.find(context, in: context.start..<context.count, &table)
        return format
    }
}

extension TextFormat {
    /// Whether the whole line is one request, told by its parser alone.
    fileprivate var isAccessLog: Bool {
        switch self {
        case .clf, .envoy, .haproxy, .loadBalancer, .squid, .iis, .w3c, .proxyManager, .uwsgi, .gin,
            .morgan:
            true
        default: false
        }
    }

    /// Whether a line with this first byte is worth a try; never false for one that would fit.
    fileprivate func mayBegin(with first: UInt8) -> Bool {
        switch self {
        case .clf: first > 0x20 && first != 0x5B && first != 0x7B && first != 0x3C
        case .envoy, .apacheError, .gin, .uwsgi, .proxyManager: first == 0x5B
        case .loadBalancer: ASCII.isDigit(first) || first == 0x68 || first == 0x67 || first == 0x77
        case .squid, .iis: ASCII.isDigit(first)
        case .w3c: first > 0x20 && first != 0x7B
        case .haproxy: ASCII.isAlphanumeric(first) || first == 0x3A
        case .nginxError, .redis: ASCII.isDigit(first)
        case .morgan:
            ASCII.isUpper(first) || ASCII.isDigit(first) || first == 0x3A || first == 0x2D || first == 0x3C
                || first == 0x78
        case .klog, .ruby: ASCII.isUpper(first)
        case .syslog: first == 0x3C || ASCII.isUpper(first) || ASCII.isDigit(first)
        case .timestamped: ASCII.isDigit(first) || first == 0x5B || ASCII.isUpper(first)
        case .levelFirst: ASCII.isLetter(first) || first == 0x5B
        case .prefixedJSON: ASCII.isAlphanumeric(first)
        case .text: false
        }
    }
}
