/// Makes a record of a redacted line: reads the canonical fields, checks and normalises ids, settles the time.
struct Correlator: ~Copyable {
    /// How far ahead of the source's own time a line's time may be, nanoseconds.
    static let maximumLead: Int64 = 10 * 60 * 1_000_000_000
    /// Services that the lines of one source may name.
    static let maximumNamedServices = 100

    private let replacesTimes: Bool
    private var times = TimestampReader()
    private var levels = LevelMemory()
    /// By number: 1 for services that a line may name as they are spelt.
    private var lineNames = Column<UInt8>()

    /// Of the name `code`, which is a status only in a line that tells of a request.
    private let codeRank = CanonicalNames.codeRank
    /// Of the name `id`, which is a request's only in a line that tells of one.
    let idRank = CanonicalNames.idRank
    /// Of the time in zap's lines.
    private let zapTimeRank = CanonicalNames.zapTimeRank
    /// Of the time in Serilog's compact format.
    private let compactRank = CanonicalNames.compactRank

    init(plan: RecordPlan) { replacesTimes = plan.replacesTimes }

    /// Reads what the parser found in the line of a new record.
    @inline(__always) mutating func read(
        _ fields: borrowing CanonicalFields,
        priority: UInt8,
        _ record: inout Record,
        stream: inout StreamState,
        services: inout NameTable
    ) {
        if priority != 255 { record.level = LevelName.syslog(priority) }
        if fields.present != 0 { read(fields, &record, &stream, &services) }
    }

    @inline(__always) private mutating func read(
        _ fields: borrowing CanonicalFields,
        _ record: inout Record,
        _ stream: inout StreamState,
        _ services: inout NameTable
    ) {
        let base = record.line.base
        let timeFields = fields.present & (Self.bit(.timestamp) | Self.bit(.date))
        if timeFields != 0, record.format == .json || record.format == .logfmt { readTime(fields, &record) }
        if fields.has(.level) {
            let slot = fields.slot(.level)
            let isNumber = ASCII.isDigit(base[Int(slot.start)])
            let level =
                isNumber
                ? LevelName.level(base + Int(slot.start), slot.count, scale: Self.levelScale(fields))
                : levels.level(base + Int(slot.start), slot.count)
            if level != .none {
                record.level = level
                record.consume(.level)
            } else if !fields.has(.timestamp) {
                readMisplacedTime(slot, &record)
            }
        } else if timeFields != 0, fields.slot(.timestamp).rank == compactRank, Self.isCompact(fields) {
            record.level = .info
        }
        if record.level == .none, fields.has(.datadogTraceID), fields.has(.status), !fields.has(.level) {
            record.level = Self.statusLevel(fields.slot(.status), base)
        }
        if fields.has(.message) {
            record.message = fields.slot(.message).range
            record.consume(.message)
        }
        if fields.has(.service), !stream.isDeclared {
            readService(fields.slot(.service), &record, &stream, &services)
        }
        if fields.present & Self.idMeanings != 0 { readIDs(fields, &record) }
        if fields.has(.status), fields.slot(.status).rank & 127 != codeRank || Self.isRequest(fields) {
            let slot = fields.slot(.status)
            record.status = Self.status(base + Int(slot.start), slot.count)
            if record.status != 0 { record.consume(.status) }
        }
        if fields.present & Self.latencyMeanings != 0 { readLatency(fields, &record) }
        if fields.has(.method) { record.method = text(.method, fields, &record) }
        if fields.has(.route) {
            record.path = text(.route, fields, &record)
        } else if fields.has(.path) {
            if ASCII.isUpper(base[Int(fields.slot(.path).start)]) {
                readRequestLine(fields.slot(.path), &record)
            }
            if record.path.isEmpty { record.path = text(.path, fields, &record) }
        } else if !record.method.isEmpty, !fields.has(.requestLine), !record.message.isEmpty {
            readPathInMessage(&record)
        }
        if fields.has(.requestLine), record.path.isEmpty || record.method.isEmpty {
            readRequestLine(fields.slot(.requestLine), &record)
        } else if record.path.isEmpty, record.status == 0, !record.message.isEmpty {
            let isEscaped = fields.has(.message) && fields.slot(.message).kind == .escapedString
            if isEscaped || ASCII.isUpper(base[record.message.lowerBound]) { readRequestInMessage(&record) }
        }
    }

    /// Datadog's `status` is the level; in lines that have its ids, where it is no number.
    @inline(never) private static func statusLevel(
        _ slot: CanonicalFields.Slot,
        _ base: UnsafePointer<UInt8>
    ) -> Level {
        PlainLevel.level(base, Int(slot.start), Int(slot.end))
    }

    /// Whether a line has time and message by the names of Serilog's compact format, where no level is Information.
    @inline(never) private static func isCompact(_ fields: borrowing CanonicalFields) -> Bool {
        fields.has(.timestamp) && fields.has(.message) && CanonicalNames.isCompactMessage(fields.slot(.message).rank)
    }

    /// Whether a line names a method or path: then what it calls `code` is a status.
    @inline(never) private static func isRequest(_ fields: borrowing CanonicalFields) -> Bool {
        fields.present & (bit(.method) | bit(.path) | bit(.route) | bit(.requestLine)) != 0
    }

    /// A message that tells of a request by itself, as morgan gives them to winston: `GET /x 200 5.1 ms - 12`.
    @inline(never) private func readRequestInMessage(_ record: inout Record) {
        let base = record.line.base
        let message = ByteCursor(base, from: record.message.lowerBound, to: record.message.upperBound)
        guard let found = MorganLine.find(message) ?? RequestSentence.find(message) ?? QuotedRequest.find(message)
        else {
            return
        }
        if record.method.isEmpty { record.method = found.method }
        record.path = found.path
        record.status = Self.status(base + found.status.lowerBound, found.status.count)
        guard record.latency < 0, !found.latency.isEmpty else { return }
        let took = base + found.latency.lowerBound
        record.latency = Latency.nanoseconds(took, found.latency.count, meaning: found.unit) ?? -1
    }

    /// How a level's number is to be read: its key tells, or that of the message.
    @inline(never) private static func levelScale(_ fields: borrowing CanonicalFields) -> LevelScale {
        let message = fields.has(.message) ? fields.slot(.message).rank : .max
        let scale = CanonicalNames.levelScale(ofRank: fields.slot(.level).rank, messageRank: message)
        return scale == .plain && isNextcloud(fields) ? .fromZero : scale
    }

    /// Whether a line has a level of one digit beside what else Nextcloud writes.
    private static func isNextcloud(_ fields: borrowing CanonicalFields) -> Bool {
        guard fields.slot(.level).count == 1, fields.has(.method), fields.has(.path), fields.has(.requestID),
            fields.has(.service)
        else { return false }
        return [fields.slot(.requestID).rank, fields.slot(.service).rank] == CanonicalNames.nextcloudRanks
    }

    /// What a text format says by itself: time, level and where the message is.
    ///
    /// A JSON object in the text has its own message: that counts where the object is all the message there is.
    @inline(never) mutating func readText(_ parser: borrowing LineParser, _ record: inout Record) {
        record.textFormat = parser.textFormat
        if let time = parser.text.time {
            settle(time, &record)
        } else if parser.text.embeddedJSON != nil || parser.text.hasPairs,
            parser.canonical.has(.timestamp) || parser.canonical.has(.date)
        {
            readTime(parser.canonical, &record)
        }
        // A syslog header's priority is the daemon's, a level inside is the program's own.
        let isWrapped = parser.textFormat == .syslog && parser.text.embeddedJSON != nil && record.level != .none
        if parser.text.level != .none, !isWrapped { record.level = parser.text.level }
        let isInside =
            parser.text.embeddedJSON == parser.text.message.lowerBound || parser.text.hasPairs
            || (parser.textFormat == .text && Self.isWhole(parser.canonical))
        if record.message.isEmpty || !isInside { record.message = parser.text.message }
    }

    /// Whether JSON in a text is a record by itself, with time, level and message: then the text only wraps it.
    @inline(never) private static func isWhole(_ fields: borrowing CanonicalFields) -> Bool {
        fields.has(.timestamp) && fields.has(.level) && fields.has(.message)
    }

    /// Takes over a field that holds text.
    ///
    /// An array is no text, and what an index cannot hold as a keyword stays an attribute.
    @inline(__always) private func text(
        _ meaning: Meaning,
        _ fields: borrowing CanonicalFields,
        _ record: inout Record
    ) -> Range<Int> {
        let slot = fields.slot(meaning)
        if slot.kind != .array, slot.count > 0, slot.count <= AttributeWriter.maximumLeafBytes {
            record.consume(meaning)
        }
        return slot.range
    }

    // MARK: Time

    @inline(__always) private mutating func readTime(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        let slot = fields.slot(fields.has(.timestamp) ? .timestamp : .date)
        let own = times.read(record.line.base + Int(slot.start), slot.count, reference: record.time)
        guard let own = own ?? readDate(fields, record) else {
            record.timeWasReplaced = .year
            return
        }
        if fields.has(.nanoOfSecond) { return settle(own + nanos(fields, record, own), &record) }
        if fields.has(.zone) { return settle(own, inZone: fields.slot(.zone), &record) }
        settle(own, &record)
    }

    /// A time whose zone stands apart, by its offset or as UTC: of a region the offset is not known.
    @inline(never) private func settle(_ own: Int64, inZone zone: CanonicalFields.Slot, _ record: inout Record) {
        var cursor = ByteCursor(record.line.base, from: Int(zone.start), to: Int(zone.end))
        guard let offset = TimestampForms.numericOffset(&cursor) ?? ZoneName.read(&cursor), cursor.isAtEnd else {
            record.timeWasReplaced = .year
            return
        }
        settle(own - Int64(offset) * CivilTime.second, &record)
    }

    /// The time of a line that has its date apart, perhaps with the clock under the name of a time; or one whose
    /// slashes are escaped.
    @inline(never) private mutating func readDate(_ fields: borrowing CanonicalFields, _ record: Record) -> Int64? {
        let slot = fields.slot(fields.has(.timestamp) ? .timestamp : .date)
        if slot.kind == .escapedString { return readEscaped(slot, record) }
        guard fields.has(.timestamp), fields.has(.date) else { return nil }
        let (date, clock) = (fields.slot(.date), fields.slot(.timestamp))
        let base = record.line.base
        if let whole = times.read(base + Int(date.start), date.count, reference: record.time) { return whole }
        return times.read(base, date: date.range, clock: clock.range, reference: record.time)
    }

    @inline(never) private mutating func readEscaped(_ slot: CanonicalFields.Slot, _ record: Record) -> Int64? {
        guard slot.count <= TimestampReader.maxBytes else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TimestampReader.maxBytes + 16) { buffer in
            guard let base = buffer.baseAddress else { return nil }
            base.initialize(repeating: 0, count: buffer.count)
            var count = 0
            for index in slot.range where record.line.base[index] != 0x5C {
                base[count] = record.line.base[index]
                count += 1
            }
            return times.read(UnsafePointer(base), count, reference: record.time)
        }
    }

    /// What a field of its own says of the nanoseconds within a time in whole seconds.
    @inline(never) private func nanos(_ fields: borrowing CanonicalFields, _ record: Record, _ time: Int64) -> Int64 {
        let slot = fields.slot(.nanoOfSecond)
        var cursor = ByteCursor(record.line.base, from: Int(slot.start), to: Int(slot.end))
        guard time % CivilTime.second == 0, time < CivilTime.end - CivilTime.second,
            let nanos = cursor.number(atMost: 9), cursor.isAtEnd
        else { return 0 }
        return Int64(nanos)
    }

    /// A date under a name that mostly has a duration or level, such as API Gateway's `requestTime` and `at`.
    @inline(never) private mutating func readMisplacedTime(_ slot: CanonicalFields.Slot, _ record: inout Record) {
        guard slot.kind == .string, slot.count >= 19,
            let own = times.read(record.line.base + Int(slot.start), slot.count, reference: record.time)
        else { return }
        settle(own, &record)
    }

    /// Takes a line's own time unless it is too far ahead of its source's.
    @inline(__always) private func settle(_ own: Int64, _ record: inout Record) {
        if replacesTimes, own &- Self.maximumLead > record.time {
            record.timeWasReplaced = .future
        } else {
            record.time = own
            record.consume(.timestamp)
        }
    }

    // MARK: Service

    @inline(__always) private mutating func readService(
        _ slot: CanonicalFields.Slot,
        _ record: inout Record,
        _ stream: inout StreamState,
        _ services: inout NameTable
    ) {
        guard slot.kind == .string, slot.count >= 1, slot.count <= 64 else { return }
        let name = record.line.base + Int(slot.start)
        if ASCII.isDigit(name[0]), name[slot.count - 1] == 0x73, readServiceTime(slot, &record) { return }
        let known = services.find(name, slot.count)
        if known >= 0, known < lineNames.count, lineNames[known] != 0 {
            record.service = UInt32(truncatingIfNeeded: known)
        } else {
            guard let number = meetService(name, slot.count, &stream, &services) else { return }
            record.service = number
        }
        record.consume(.service)
    }

    /// Heroku's router calls what the service took `service=18ms`; false where it is a name.
    @inline(never) private func readServiceTime(_ slot: CanonicalFields.Slot, _ record: inout Record) -> Bool {
        let text = record.line.base + Int(slot.start)
        guard let took = Latency.nanoseconds(text, slot.count, meaning: .latency) else { return false }
        if record.latency < 0 { record.latency = took }
        return true
    }

    @inline(never) private mutating func meetService(
        _ name: UnsafePointer<UInt8>,
        _ count: Int,
        _ stream: inout StreamState,
        _ services: inout NameTable
    ) -> UInt32? {
        let isNew = stream.namedServices < Self.maximumNamedServices
        let limit = isNew ? StreamTable.maximumServices : 0
        let known = services.count
        guard Self.isServiceName(name, count), let number = services.number(name, count, limit: limit) else {
            return nil
        }
        if services.count > known { stream.namedServices += 1 }
        while lineNames.count <= Int(number) { lineNames.append(0) }
        lineNames[Int(number)] = 1
        return number
    }

    /// `[A-Za-z0-9._-]+`.
    private static func isServiceName(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        for index in 0..<count {
            let byte = p[index]
            guard ASCII.isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F else { return false }
        }
        return true
    }

    // MARK: Requests

    /// 100…599, or 0 for what is no status.
    @inline(__always) private static func status(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        // gunicorn's `%(s)s` may have its words behind.
        guard count == 3 || (count > 3 && p[3] == 0x20) else { return 0 }
        let (hundreds, tens, ones) = (p[0] &- 0x30, p[1] &- 0x30, p[2] &- 0x30)
        guard hundreds >= 1, hundreds <= 5, tens < 10, ones < 10 else { return 0 }
        return Int(hundreds) &* 100 &+ Int(tens) &* 10 &+ Int(ones)
    }

    @inline(__always) private mutating func readLatency(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        var left = fields.present & Self.latencyMeanings
        while left != 0 {
            let meaning = left & (left &- 1) == 0 ? Self.meaning(left) : Self.best(of: left, fields)
            let slot = fields.slot(meaning)
            let text = record.line.base + Int(slot.start)
            let value =
                Latency.plain(text, slot.count, meaning)
                ?? Latency.nanoseconds(text, slot.count, meaning: unit(meaning, of: text, fields))
            if let value, value >= 0, value < Self.longestLatency {
                record.latency = value
                record.consume(meaning)
                return
            }
            if value == nil, !fields.has(.timestamp) { readMisplacedTime(slot, &record) }
            left &= ~(1 &<< UInt64(meaning.rawValue))
        }
    }

    /// What is longer is a time that bears the name of a duration.
    private static let longestLatency: Int64 = 1_000_000 * CivilTime.second

    /// The unit of a duration: zap and Caddy write fractions of seconds, though with few digits.
    @inline(__always) private func unit(
        _ meaning: Meaning,
        of text: UnsafePointer<UInt8>,
        _ fields: borrowing CanonicalFields
    ) -> Meaning {
        guard meaning == .latency || meaning == .duration, text[0] == 0x30, text[1] == 0x2E, fields.has(.timestamp),
            fields.slot(.timestamp).rank == zapTimeRank
        else { return meaning }
        return .latencySeconds
    }

    /// The durations of a line differ in what they measure; the best name wins, whatever its unit.
    @inline(never) private static func best(of candidates: UInt64, _ fields: borrowing CanonicalFields) -> Meaning {
        var left = candidates
        var best = meaning(left)
        while left != 0 {
            let next = meaning(left)
            if fields.slot(next).rank < fields.slot(best).rank { best = next }
            left &= left &- 1
        }
        return best
    }

    /// The first of some meanings, as bits.
    @inline(__always) private static func meaning(_ bits: UInt64) -> Meaning {
        Meaning(rawValue: UInt8(truncatingIfNeeded: bits.trailingZeroBitCount)) ?? .other
    }

    /// `GET /cart?x=1 HTTP/1.1`.
    private func readRequestLine(_ slot: CanonicalFields.Slot, _ record: inout Record) {
        let base = record.line.base
        var space = Int(slot.start)
        while space < Int(slot.end), base[space] != 0x20 { space += 1 }
        guard space < Int(slot.end) else {
            // Logstash calls the path alone `request`, Fastly the method.
            let isEscaped = base[Int(slot.start)] == 0x5C
            if base[Int(slot.start) + (isEscaped ? 1 : 0)] == 0x2F, record.path.isEmpty { record.path = slot.range }
            if record.method.isEmpty, HTTPMethodName.isKnown(base + Int(slot.start), slot.count) {
                record.method = slot.range
            }
            return
        }
        guard slot.kind != .array, HTTPMethodName.isKnown(base + Int(slot.start), space - Int(slot.start)) else {
            return
        }
        if record.method.isEmpty { record.method = Int(slot.start)..<space }
        guard record.path.isEmpty else { return }
        var end = space + 1
        while end < Int(slot.end), base[end] != 0x20 { end += 1 }
        record.path = space + 1..<end
    }

    /// The path of a line that names its method and has nothing but a path for a message, as authentik and Buffalo
    /// write it.
    @inline(never) private func readPathInMessage(_ record: inout Record) {
        let base = record.line.base
        guard base[record.message.lowerBound] == 0x2F else { return }
        for index in record.message where base[index] <= 0x20 || base[index] == 0x5C { return }
        record.path = record.message
    }

    // Computed, so that the compiler folds them: a stored global would be looked up for every line.
    static var idMeanings: UInt64 {
        bit(.traceID) | bit(.spanID) | bit(.requestID) | bit(.traceContext) | bit(.datadogTraceID)
            | bit(.datadogSpanID)
    }
    static var latencyMeanings: UInt64 {
        bit(.latency) | bit(.duration) | bit(.latencySeconds) | bit(.latencyMillis) | bit(.latencyMicros)
            | bit(.latencyNanos)
    }

    @inline(__always) static func bit(_ meaning: Meaning) -> UInt64 { 1 &<< UInt64(meaning.rawValue) }
}

extension CanonicalFields.Slot {
    @inline(__always) var count: Int { Int(end) &- Int(start) }
    @inline(__always) var range: Range<Int> { Int(start)..<Int(end) }
}

extension Record {
    /// A line of a stream, of which nothing has been read.
    ///
    /// Made where it will stay: a copy of 200 bytes that have just been written would wait for them.
    @inline(__always) init(
        _ line: RecordBatch.Line,
        of safe: RedactedLine,
        format: LineFormat,
        stream: UnsafeMutablePointer<StreamState>
    ) {
        self.init(
            line: safe,
            format: format,
            time: line.time,
            service: stream.pointee.service,
            source: stream.pointee.number,
            isCut: line.isCut,
            identity: line.identity
        )
    }
}
