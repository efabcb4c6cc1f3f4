/// Redaction alone, for `martlet redact` and the pass-through of `martlet exec`: lines in, safe lines out.
///
/// The same parser and the same engine as in the record path, without records, signals and encoders.
package struct LineRedactor: ~Copyable {
    /// What became of a line.
    package enum Fate: Sendable {
        case clean, edited
        /// The policy drops the whole record: nothing was written.
        case dropped
        /// Redaction failed: nothing was written.
        case withheld
    }

    private var scanner = LineScanner()
    private var parser: LineParser
    private var redactor: Redactor
    private var shapes = ShapeCache()
    private var generation: UInt32 = 0
    private var textFormat = TextFormat.text
    private var edited = Arena(capacity: 4096)
    /// A private key whose lines are still coming.
    private var keyBlock = KeyBlock()

    /// Makes a redactor with a policy of its own counts.
    package init(lexicon: FieldLexicon, policy: RedactionPolicy) {
        parser = LineParser(lexicon: lexicon)
        redactor = Redactor(policy: policy)
    }

    /// Appends what may be shown of a line to `output`.
    ///
    /// `Arena.slack` bytes behind the line are readable.
    package mutating func redact(
        _ line: UnsafePointer<UInt8>,
        _ count: Int,
        into output: inout Arena
    ) -> Fate {
        let view = scanner.scan(line, count, tables: redactor.policy.kernelTables)
        if generation != parser.generation {
            shapes.removeAll()
            generation = parser.generation
        }
        parser.parse(view, shapes: &shapes, last: &textFormat, reference: 0)
        let needsLook = parser.needsLook || keyBlock.isOpen
        if redactor.passUntouched(view, format: parser.format, needsLook: needsLook) != nil {
            output.put(line, count)
            return .clean
        }
        let fields = parser.fields(of: view)
        let passage = redactor.pass(
            view,
            format: parser.format,
            fields: fields,
            scope: .everywhere,
            block: &keyBlock,
            output: &edited
        )
        switch passage {
        case .clean:
            output.put(line, count)
            return .clean
        case .edited:
            output.put(UnsafePointer(edited.base), edited.count)
            return .edited
        case .dropped: return .dropped
        case .withheld: return .withheld
        }
    }

    /// Redactions so far.
    package func counts() -> [SignalSnapshot.Redaction: UInt64] { redactor.namedCounts }
}
