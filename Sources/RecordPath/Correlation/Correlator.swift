/// Makes a record of a redacted line: reads the canonical fields, checks and normalises ids, settles the time.
struct Correlator: ~Copyable {
    /// How far ahead of the source's own time a line's time may be, nanoseconds.
    static let maximumLead: Int64 = 10 * 60 * 1_000_000_000
    /// Services that the lines of one source may name.
    static let maximumNamedServices = 100

    private let replacesTimes: Bool
    private var times = TimestampReader()

    init(plan: RecordPlan) { replacesTimes = plan.replacesTimes }

    /// The record of a line; `format` and `fields` are what the parser found in `safe`.
    @inline(__always) mutating func record(
        _ line: RecordBatch.Line,
        of safe: RedactedLine,
        format: LineFormat,
        fields: borrowing CanonicalFields,
        stream: inout StreamState,
        source: Int,
        services: inout NameTable
    ) -> Record {
        var record = Record(
            line: safe,
            format: format,
            time: line.time,
            service: stream.service,
            source: source,
            isCut: line.isCut,
            identity: line.identity
        )
        if line.priority != 255 { record.level = LevelName.syslog(line.priority) }
        if fields.present != 0 { read(fields, &record, &stream, &services) }
        return record
    }

    @inline(__always) private mutating func read(
        _ fields: borrowing CanonicalFields,
        _ record: inout Record,
        _ stream: inout StreamState,
        _ services: inout NameTable
    ) {
        let base = record.line.base
        if fields.has(.timestamp), record.format == .json || record.format == .logfmt {
            readTime(fields.slot(.timestamp), &record)
        }
        if fields.has(.level) {
            let slot = fields.slot(.level)
            let level = LevelName.level(
                base + Int(slot.start),
                slot.count,
                scale: CanonicalNames.levelScale(ofRank: slot.rank)
            )
            if level != .none {
                record.level = level
                record.consume(.level)
            }
        }
        if fields.has(.message) {
            record.message = fields.slot(.message).range
            record.consume(.message)
        }
        if fields.has(.service), !stream.isDeclared {
            readService(fields.slot(.service), &record, &stream, &services)
        }
        if fields.present & Self.idMeanings != 0 { readIDs(fields, &record) }
        if fields.has(.status) {
            record.status = Self.status(fields.slot(.status), base)
            if record.status != 0 { record.consume(.status) }
        }
        if fields.present & Self.latencyMeanings != 0 { readLatency(fields, &record) }
        if fields.has(.method) { record.method = text(.method, fields, &record) }
        if fields.has(.route) {
            record.path = text(.route, fields, &record)
        } else if fields.has(.path) {
            record.path = text(.path, fields, &record)
        } else if fields.has(.requestLine) {
            readRequestLine(fields.slot(.requestLine), &record)
        }
    }

    /// What a text format says by itself: time, level and where the message is.
    @inline(never) func readText(_ parser: borrowing LineParser, _ record: inout Record) {
        record.textFormat = parser.textFormat
        if let time = parser.text.time { settle(time, &record) }
        if parser.text.level != .none { record.level = parser.text.level }
        if record.message.isEmpty { record.message = parser.text.message }
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

    @inline(__always) private mutating func readTime(_ slot: CanonicalFields.Slot, _ record: inout Record) {
        let own = times.read(record.line.base + Int(slot.start), slot.count, reference: record.time)
        guard let own else {
            record.timeWasReplaced = .year
            return
        }
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

    @inline(__always) private func readService(
        _ slot: CanonicalFields.Slot,
        _ record: inout Record,
        _ stream: inout StreamState,
        _ services: inout NameTable
    ) {
        guard slot.kind == .string, slot.count >= 1, slot.count <= 64 else { return }
        let name = record.line.base + Int(slot.start)
        let isNew = stream.namedServices < Self.maximumNamedServices
        let limit = isNew ? StreamTable.maximumServices : 0
        let known = services.count
        guard Self.isServiceName(name, slot.count),
            let number = services.number(name, slot.count, limit: limit)
        else { return }
        if services.count > known { stream.namedServices += 1 }
        record.service = number
        record.consume(.service)
    }

    /// `[A-Za-z0-9._-]+`.
    @inline(__always) private static func isServiceName(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        for index in 0..<count {
            let byte = p[index]
            guard ASCII.isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F else { return false }
        }
        return true
    }

    // MARK: Requests

    /// 100…599, or 0 for what is no status.
    @inline(__always) private static func status(_ slot: CanonicalFields.Slot, _ base: UnsafePointer<UInt8>) -> Int {
        guard slot.count == 3 else { return 0 }
        let p = base + Int(slot.start)
        let (hundreds, tens, ones) = (p[0] &- 0x30, p[1] &- 0x30, p[2] &- 0x30)
        guard hundreds >= 1, hundreds <= 5, tens < 10, ones < 10 else { return 0 }
        return Int(hundreds) &* 100 &+ Int(tens) &* 10 &+ Int(ones)
    }

    @inline(__always) private func readLatency(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        if takeLatency(.latencySeconds, fields, &record) || takeLatency(.latencyMillis, fields, &record) { return }
        if takeLatency(.latencyMicros, fields, &record) || takeLatency(.latencyNanos, fields, &record) { return }
        _ = takeLatency(.latency, fields, &record)
    }

    @inline(__always) private func takeLatency(
        _ meaning: Meaning,
        _ fields: borrowing CanonicalFields,
        _ record: inout Record
    ) -> Bool {
        guard fields.has(meaning) else { return false }
        let slot = fields.slot(meaning)
        let value = Latency.nanoseconds(record.line.base + Int(slot.start), slot.count, meaning: meaning)
        guard let value, value >= 0 else { return false }
        record.latency = value
        record.consume(meaning)
        return true
    }

    /// `GET /cart?x=1 HTTP/1.1`.
    private func readRequestLine(_ slot: CanonicalFields.Slot, _ record: inout Record) {
        let base = record.line.base
        var space = Int(slot.start)
        while space < Int(slot.end), base[space] != 0x20 { space += 1 }
        guard space < Int(slot.end), space - Int(slot.start) <= 10 else { return }
        if record.method.isEmpty { record.method = Int(slot.start)..<space }
        var end = space + 1
        while end < Int(slot.end), base[end] != 0x20 { end += 1 }
        record.path = space + 1..<end
    }

    // Computed, so that the compiler folds them: a stored global would be looked up for every line.
    static var idMeanings: UInt64 {
        bit(.traceID) | bit(.spanID) | bit(.requestID) | bit(.traceContext) | bit(.datadogTraceID)
            | bit(.datadogSpanID)
    }
    static var latencyMeanings: UInt64 {
        bit(.latency) | bit(.latencySeconds) | bit(.latencyMillis) | bit(.latencyMicros) | bit(.latencyNanos)
    }

    @inline(__always) static func bit(_ meaning: Meaning) -> UInt64 { 1 &<< UInt64(meaning.rawValue) }
}

extension CanonicalFields.Slot {
    @inline(__always) var count: Int { Int(end) &- Int(start) }
    @inline(__always) var range: Range<Int> { Int(start)..<Int(end) }
}
