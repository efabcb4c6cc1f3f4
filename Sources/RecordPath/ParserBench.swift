/// Scanning and parsing alone, for the benchmarks.
package struct ParserBench: ~Copyable {
    private var scanner = LineScanner()
    private var parser: LineParser
    private var shapes = ShapeCache()
    private var textFormat = TextFormat.text
    private let policy: RedactionPolicy

    /// Makes a parser that remembers the shapes of one stream.
    package init(lexicon: FieldLexicon, policy: RedactionPolicy) {
        parser = LineParser(lexicon: lexicon)
        self.policy = policy
    }

    /// Parses every line of a batch.
    package mutating func parse(_ batch: RecordBatch) {
        batch.bytes.withBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            for line in batch.lines {
                let view = scanner.scan(base + Int(line.offset), Int(line.length), tables: policy.kernelTables)
                parser.parse(view, shapes: &shapes, last: &textFormat, reference: line.time)
            }
        }
    }
}
