import RecordPath
import RedactionCorpus

/// Recall by kind and false positives on the corpus that is made apart from the catalogue.
enum RecallReport {
    /// With `isVerbose` every line that was missed or changed for nothing is shown: made-up ones, all of them.
    static func print(isVerbose: Bool) {
        var standard = Redactors(RedactionPolicy())
        var all = Redactors(Measured.policy(isOn: true))
        var kinds: [String: (found: Int, total: Int, isOnByDefault: Bool)] = [:]
        for seed in 1...3 {
            for sample in RedactionCorpus.samples(seed: UInt64(seed)) {
                let shown = sample.isOnByDefault ? standard.shown(sample.line) : all.shown(sample.line)
                var row = kinds[sample.kind] ?? (0, 0, sample.isOnByDefault)
                row.total += 1
                if !shown.contains(sample.secret) {
                    row.found += 1
                } else if isVerbose {
                    Swift.print("  missed: \(sample.line)")
                }
                kinds[sample.kind] = row
            }
        }
        for isOnByDefault in [true, false] {
            let rows = kinds.filter { $0.value.isOnByDefault == isOnByDefault }
            let found = rows.reduce(0) { $0 + $1.value.found }
            let total = rows.reduce(0) { $0 + $1.value.total }
            Swift.print(
                "recall, \(isOnByDefault ? "on by default" : "the rest"): \(percent(found, total)) % of \(total) lines"
            )
            for (kind, row) in rows.sorted(by: { $0.key < $1.key }) where row.found < row.total {
                Swift.print("  \(kind): \(row.found) of \(row.total)")
            }
        }
        let clean = RedactionCorpus.clean(count: 60_000, seed: 9)
        let changed = clean.count { line in
            let shown = standard.shown(line)
            if isVerbose, shown != line { Swift.print("  changed: \(line)\n       to: \(shown)") }
            return shown != line
        }
        Swift.print("false positives: \(percent(changed, clean.count)) % of \(clean.count) clean lines changed")
    }

    private static func percent(_ part: Int, _ whole: Int) -> Double {
        (Double(part) / Double(max(whole, 1)) * 1e5).rounded() / 1e3
    }
}

private struct Redactors: ~Copyable {
    private var redactor: LineRedactor

    init(_ policy: RedactionPolicy) { redactor = LineRedactor(lexicon: Measured.lexicon(policy), policy: policy) }

    mutating func shown(_ line: String) -> String {
        var text = Arena(capacity: line.utf8.count)
        var output = Arena(capacity: line.utf8.count + 64)
        text.append(line)
        _ = redactor.redact(UnsafePointer(text.base), text.count, into: &output)
        return String(decoding: output.bytes, as: UTF8.self)
    }
}
