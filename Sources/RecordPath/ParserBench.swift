/// Scanning, parsing and reading alone, for the benchmarks.
package struct ParserBench: ~Copyable {
    private var scanner = LineScanner()
    private var parser: LineParser
    private var redactor: Redactor
    private var correlator: Correlator
    private var streams = StreamTable()
    private let stream: Int
    private let tables: OpaquePointer?

    private let policy: RedactionPolicy

    /// Makes a parser that remembers the shapes of one stream.
    ///
    /// `looksForSecrets`: the scan seeks what must be redacted, too, as in the record path.
    package init(
        lexicon: FieldLexicon,
        policy: RedactionPolicy,
        looksForSecrets: Bool = true,
        formats: FormatChoice = FormatChoice()
    ) {
        parser = LineParser(lexicon: lexicon, formats: formats)
        redactor = Redactor(policy: policy)
        correlator = Correlator(plan: RecordPlan(lexicon: lexicon, redaction: policy))
        self.policy = policy
        tables = looksForSecrets ? policy.kernelTables : nil
        let source = SourceStream(.init(input: "stdin", key: "stdin:bench", fallbackService: "bench"))
        let origin = RedactedOrigin(source.origin, &redactor)
        stream = streams.add(source, origin: origin, scope: redactor.policy.scope(of: origin.service))
    }

    /// Finds the canonical fields of every line of a batch; `reads`: and reads time, level, ids and latency from them.
    ///
    /// Gives a sum over what was read, so that nothing is left out.
    @discardableResult package mutating func parse(_ batch: RecordBatch, reads: Bool = false) -> Int64 {
        let state = streams.pointer(at: stream)
        var sum: Int64 = 0
        batch.bytes.withBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            for line in batch.lines {
                let view = scanner.scan(base + Int(line.offset), Int(line.length), tables: tables)
                parser.parse(view, memory: &state.pointee.memory, reference: line.time)
                guard reads else { continue }
                var record = Record(line, of: redactor.passUnseen(view), format: parser.format, stream: state)
                correlator.read(
                    parser.canonical,
                    priority: line.priority,
                    &record,
                    stream: &state.pointee,
                    services: &streams.services
                )
                if record.format.isText { correlator.readText(parser, &record) }
                sum &+= record.time ^ record.latency &+ Int64(record.status) &+ Int64(record.level.rawValue)
            }
        }
        return sum
    }
}
