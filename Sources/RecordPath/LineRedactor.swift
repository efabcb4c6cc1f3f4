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
    private var memory = LineMemory()
    private var edited = Arena(capacity: 4096)

    /// Looks at every line in full, at every byte of it: the oracle of the fast path.
    private let isNaive: Bool
    private var everywhere: [UInt32] = []

    /// Makes a redactor with a policy of its own counts.
    ///
    /// With `isNaive` nothing is let through unseen and every offset is a candidate: for tests, slow.
    package init(lexicon: FieldLexicon, policy: RedactionPolicy, isNaive: Bool = false) {
        self.isNaive = isNaive
        var formats = FormatChoice()
        formats.readsText = false
        parser = LineParser(lexicon: lexicon, formats: formats)
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
        parser.parse(view, memory: &memory, reference: 0)
        let needsLook = parser.needsLook || memory.keyBlock.isOpen
        if isNaive { return redactNaively(view, into: &output) }
        if redactor.passUntouched(view, format: parser.format, needsLook: needsLook) != nil {
            output.put(line, count)
            return .clean
        }
        return redactInFull(view, into: &output)
    }

    private mutating func redactInFull(_ view: LineView, into output: inout Arena) -> Fate {
        var last = view
        let passage = redactor.pass(
            &last,
            parser: &parser,
            memory: &memory,
            reference: 0,
            scope: .everywhere,
            output: &edited,
            isRead: false
        )
        switch passage {
        case .clean:
            output.put(view.base, view.count)
            return .clean
        case .edited(let safe):
            output.put(safe.base, safe.count)
            return .edited
        case .dropped: return .dropped
        case .withheld: return .withheld
        }
    }

    /// Every offset is a candidate.
    private mutating func redactNaively(_ view: LineView, into output: inout Arena) -> Fate {
        while everywhere.count < view.count { everywhere.append(UInt32(everywhere.count)) }
        let all = everywhere
        return all.withUnsafeBufferPointer { offsets in
            guard let first = offsets.baseAddress else { return redactInFull(view, into: &output) }
            let whole = LineView(
                base: view.base,
                count: view.count,
                quotes: view.quotes,
                quoteCount: view.quoteCount,
                candidates: first,
                candidateCount: view.count,
                flags: view.flags
            )
            return redactInFull(whole, into: &output)
        }
    }

    /// Redactions so far.
    package func counts() -> [SignalSnapshot.Redaction: UInt64] { redactor.namedCounts }
}
