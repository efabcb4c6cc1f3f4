import RecordPath
import RedactionCorpus
import Testing

/// The bars, on lines that were made apart from the catalogue.
@Suite struct CorpusTests {
    private static let everything = RedactionOptions(detectors: ["all"], keys: ["all"])

    @Test(arguments: [1, 2])
    func `Secrets are found wherever logs have them`(seed: Int) {
        let samples = RedactionCorpus.samples(seed: UInt64(seed))
        #expect(samples.count >= 3_000)
        var standard = FilterProbe()
        var all = FilterProbe(Self.everything)
        var missed: [Bool: [RedactionCorpus.Sample]] = [:]
        for sample in samples {
            let shown = sample.isOnByDefault ? standard.redact(sample.line) : all.redact(sample.line)
            if shown.contains(sample.secret) { missed[sample.isOnByDefault, default: []].append(sample) }
        }
        for (isOnByDefault, bar) in [(true, 99.5), (false, 98.0)] {
            let total = samples.count { $0.isOnByDefault == isOnByDefault }
            let lost = missed[isOnByDefault] ?? []
            let recall = 100 - 100 * Double(lost.count) / Double(total)
            #expect(
                recall >= bar,
                "\(recall) % of \(total)\n\(lost.map { "\($0.kind): \($0.line)" }.joined(separator: "\n"))"
            )
        }
    }

    @Test func `Clean lines dense in look-alikes stay as they are`() {
        let lines = RedactionCorpus.clean(count: 20_000, seed: 3)
        var redactor = FilterProbe()
        let changed = lines.filter { redactor.redact($0) != $0 }
        let share = 100 * Double(changed.count) / Double(lines.count)
        #expect(
            share <= 0.2,
            "\(share) %\n\(changed.prefix(40).map { "\($0)\n -> \(redactor.redact($0))" }.joined(separator: "\n"))"
        )
    }

    @Test func `A second pass over redacted samples changes nothing, and JSON stays JSON`() {
        var redactor = FilterProbe(Self.everything)
        for sample in RedactionCorpus.samples(seed: 4) {
            let once = redactor.redact(sample.line)
            #expect(redactor.redact(once) == once, "\(sample.line)")
            // A bare number or string is no document of ours.
            let isDocument = sample.line.utf8.first == 0x7B || sample.line.utf8.first == 0x5B
            if isDocument, StrictJSON.isValid(Array(sample.line.utf8)) {
                #expect(StrictJSON.isValid(Array(once.utf8)), "\(sample.line)\n -> \(once)")
            }
        }
    }
}
