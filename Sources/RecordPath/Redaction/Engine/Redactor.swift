internal import CScan

/// Takes out of lines what must not leave the host.
///
/// One per worker: it owns its scratch memory and its counters.
///
/// A line without candidates, without sensitive fields and without escapes is recognised at once. Otherwise every
/// candidate is verified by the detector that wants it, first in the line as it is, then in what its escapes stand
/// for; what was found becomes a list of stretches, and the line is copied around them once. Bytes are never
/// converted, so invalid UTF-8 passes through.
package struct Redactor: ~Copyable {
    /// Lines are scanned to here; what is behind is masked and counted as `unscanned`.
    package static let scanLimit = 1 << 20
    /// How many times a text is unescaped.
    static let maxDepth = 3
    /// How often an edited line is looked at again at most; hardly any needs more than one look.
    private static let maxLooks = 8

    package let policy: RedactionPolicy
    let tables: PolicyTables
    var findings = FindingList()
    var pieces = Arena(capacity: 256)
    let keys = KeyCache()
    /// An edited line while it is looked at again.
    var previous = Arena(capacity: 0)
    var scanner = LineScanner()
    /// For the strings of an edited line that are looked at again.
    var stringScanner = LineScanner(capacity: 1024)
    /// Memory of `maxDepth` levels of decoding.
    ///
    /// Invariant: initialised in `init`, freed in `deinit`, ours alone.
    let views: UnsafeMutablePointer<DecodedView>
    /// Numbers of the literals at a candidate: all patterns of users and a few of ours may begin alike.
    ///
    /// Invariant: `literalLimit` entries, ours alone.
    let literals: UnsafeMutablePointer<UInt16>
    static let literalLimit = 128
    private var counters: UnsafeMutablePointer<UInt64>

    /// Whether the last look that edited its line leaves nothing for another.
    private var isSettled = false
    // What the current line is scanned with.
    var scope = RedactionScope.everywhere
    var fields = UnsafeBufferPointer<Field>(start: nil, count: 0)
    /// What may still be spent on views and patterns, in bytes.
    var budget = 0
    /// The line offset from which nothing more is scanned; nil: all was.
    var unscannedFrom: Int?
    /// Set while the stream's lines belong to a private key: where its armour began.
    var keyColumn: Int?
    /// What the line says about such keys.
    var keySigns = KeyBlockSigns()

    /// Makes a redactor for a policy.
    package init(policy: RedactionPolicy) {
        self.policy = policy
        tables = policy.tables
        views = .allocate(capacity: Self.maxDepth)
        for i in 0..<Self.maxDepth { (views + i).initialize(to: DecodedView()) }
        literals = .allocate(capacity: Self.literalLimit)
        counters = .allocate(capacity: tables.detectorCount * RedactionAction.allCases.count)
        counters.initialize(repeating: 0, count: tables.detectorCount * RedactionAction.allCases.count)
    }

    deinit {
        for i in 0..<Self.maxDepth { (views + i).deinitialize(count: 1) }
        views.deallocate()
        literals.deallocate()
        counters.deallocate()
    }

    /// How often each detector (in the order of `policy.detectorNames`) acted: `RedactionAction.allCases.count`
    /// numbers for each, in the order of that list.
    package func withCounts<R>(_ body: (UnsafeBufferPointer<UInt64>) -> R) -> R {
        body(UnsafeBufferPointer(start: counters, count: tables.detectorCount * RedactionAction.allCases.count))
    }

    /// Sets all counters to zero.
    package mutating func resetCounts() {
        counters.update(repeating: 0, count: tables.detectorCount * RedactionAction.allCases.count)
    }

    /// Redacts a line: one look.
    ///
    /// `fields` is the parser's tape (empty where there is none); `service` what `policy.scope` gave. Only where
    /// the result is `.edited` is anything in `output`: the whole redacted line, in place of what was there, which must
    /// be settled.
    package mutating func redact(
        _ line: LineView,
        format: LineFormat,
        fields: UnsafeBufferPointer<Field>,
        service: RedactionScope,
        output: inout Arena
    ) -> Redaction {
        guard mayHoldSecrets(line, format, fields) else { return .clean }
        find(in: line, format, fields, service)
        guard !findings.isEmpty else { return .clean }
        let result = rewrite(line, format, output: &output)
        isSettled = result == .edited && format == .json && leavesNothing(line, output)
        return result
    }

    /// Redacts what was redacted, in `output`, until a look finds nothing; `line` becomes the scan of what is left.
    ///
    /// What stands in broken quoting, or is a part of a word, can look different once a part of it is gone, and a second
    /// agent must find nothing. So the look is the one that this agent would have: with the kernel, and with what
    /// `read` says of the line, which is what a parser makes of it; its fields are asked for where they are wanted.
    /// Nothing is left of a line that does not settle. Without `isRead` nobody wants the scan, and `line` may be bytes
    /// alone.
    package mutating func settle(
        _ line: inout LineView,
        service: RedactionScope,
        output: inout Arena,
        isRead: Bool = true,
        read: (LineView, _ wantsFields: Bool) -> (format: LineFormat, fields: UnsafeBufferPointer<Field>)
    ) -> Redaction {
        keyColumn = nil
        for _ in 0..<Self.maxLooks {
            if isSettled {
                guard isRead else {
                    (line.base, line.count) = (UnsafePointer(output.base), output.count)
                    (line.quoteCount, line.candidateCount) = (0, 0)
                    return .edited
                }
                line = scanner.scan(UnsafePointer(output.base), output.count, tables: nil)
                _ = read(line, false)
                return .edited
            }
            swap(&output, &previous)
            line = scanner.scan(UnsafePointer(previous.base), previous.count, tables: tables.kernel)
            let (format, fields) = read(line, true)
            let result = redact(line, format: format, fields: fields, service: service, output: &output)
            guard result == .clean || (result == .edited && output.holdsSame(as: previous)) else {
                if result == .edited { continue }
                return result
            }
            swap(&output, &previous)
            return .edited
        }
        return .withheld
    }

    /// False for nearly every clean line, after a look at the fields' flags.
    @inline(__always) private func mayHoldSecrets(
        _ line: LineView,
        _ format: LineFormat,
        _ fields: UnsafeBufferPointer<Field>
    ) -> Bool {
        if line.candidateCount > 0 || line.flags & UInt32(MARTLET_LINE_BACKSLASH) != 0 { return true }
        if line.count > Self.scanLimit || keyColumn != nil { return true }
        if format != .json, line.quoteCount > 1 { return true }
        for field in fields where field.verdict >= KeyVerdict.sensitive.rawValue || field.kind == .array { return true }
        return false
    }

    mutating func find(
        in line: LineView,
        _ format: LineFormat,
        _ fields: UnsafeBufferPointer<Field>,
        _ service: RedactionScope
    ) {
        scope = service
        self.fields = fields
        findings.removeAll()
        unscannedFrom = line.count > Self.scanLimit ? Self.scanLimit : nil
        budget = 16 * line.count + (256 << 10)
        let view = View(line, isDocument: format == .json)
        if format == .json {
            if fields.isEmpty { scanQuotedKeys(view, from: 0, to: line.quoteCount) } else { scanFields(view) }
            scanCandidates(view)
            scanEscapedStrings(view)
        } else {
            scanFields(view)
            scanQuotedKeys(view, from: 0, to: line.quoteCount)
            scanCandidates(view)
            if view.hasBackslash { scanUnescaped(view.text, parent: view, isJSON: false) }
        }
        if let column = keyColumn { scanKeyBody(view, column: column) }
        noteOpenArmour(view)
        if let start = unscannedFrom { maskRest(of: view, from: start) }
    }

    /// Counts one action of a detector.
    @inline(__always) mutating func count(_ detector: UInt16, _ action: RedactionAction) {
        counters[Int(detector) * RedactionAction.allCases.count + action.index] += 1
    }

    /// The verdict for a key in a text.
    func verdict(_ text: Text, _ range: Range<Int>) -> UInt8 {
        keys.verdict(
            forKey: UnsafeBufferPointer(start: text.base + range.lowerBound, count: range.count),
            policy.classifier
        )
    }

    /// What is left of a line whose scan ran out of budget: every string value and every longer number of a document,
    /// the whole tail of a text.
    private mutating func maskRest(of view: View, from start: Int) {
        let detector = UInt16(policy.unscanned)
        guard view.isDocument else {
            let tag = ValueGuard.tag(around: start, in: view.text)
            if tag?.upperBound == view.count { return }
            let from = min(tag?.lowerBound ?? start, view.count)
            findings.append(Finding(start: from, end: view.count, detector: detector, precedence: .generic))
            return
        }
        var i = 0
        while i + 1 < view.line.quoteCount {
            let open = Int(view.line.quotes[i])
            let close = Int(view.line.quotes[i + 1])
            i += 2
            guard close > start, close > open + 1,
                ValueGuard.tag(around: open + 1, in: view.text) != open + 1..<close
            else { continue }
            // Keys are scanned as they stand; only one with escapes may say something that nobody has read.
            let isEncoded = (open..<close).contains { view.text[$0] == 0x5C || view.text[$0] == 0x25 }
            guard isEncoded || !view.isKey(closingQuote: close) else { continue }
            findings.append(Finding(start: open + 1, end: close, detector: detector, precedence: .generic))
        }
    }
}
