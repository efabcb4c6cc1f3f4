import RecordPath
import Testing

@Suite struct CatalogueTests {
    private static let everything = RedactionOptions(detectors: ["all"], keys: ["default"])

    @Test(arguments: Detector.catalogue.map(\.name))
    func `A detector finds its positives`(name: String) throws {
        let detector = try #require(Detector.catalogue.first { $0.name == name })
        // Base64 is looked into for what others know.
        var redactor = TestRedactor(
            RedactionOptions(detectors: [name], keys: [name == "base64-json" ? "default" : "-all"])
        )
        #expect(!detector.positives.isEmpty)
        for sample in detector.positives {
            let line = SampleText.expand(sample)
            let redacted = redactor.redact(line)
            #expect(redacted != line, "\(name): \(line)")
            #expect(redacted?.contains("[REDACTED:\(name)]") == true, "\(name): \(line) -> \(redacted ?? "nil")")
        }
    }

    @Test(arguments: Detector.catalogue.map(\.name))
    func `A detector leaves its near misses alone`(name: String) throws {
        let detector = try #require(Detector.catalogue.first { $0.name == name })
        var redactor = TestRedactor(RedactionOptions(detectors: [name], keys: ["-all"]))
        for sample in detector.nearMisses {
            let line = SampleText.expand(sample)
            #expect(redactor.redact(line) == line, "\(name)")
        }
    }

    @Test func `With every detector on, near misses of one are no hits of another`() {
        var redactor = TestRedactor(RedactionOptions(detectors: ["default"], keys: ["-all"]))
        var wrong: [String] = []
        for detector in Detector.catalogue where detector.isOnByDefault {
            for sample in detector.nearMisses {
                let line = SampleText.expand(sample)
                let redacted = redactor.redact(line)
                if redacted != line { wrong.append("\(detector.name): \(line) -> \(redacted ?? "nil")") }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test func `What was redacted once is not redacted again`() {
        var redactor = TestRedactor(Self.everything)
        for detector in Detector.catalogue {
            for sample in detector.positives {
                guard let once = redactor.redact(SampleText.expand(sample)) else { continue }
                #expect(redactor.redact(once) == once, "\(detector.name)")
            }
        }
    }

    @Test(arguments: [
        #"{"headers":"key dop_v1_0ace1498b390cf3417f6a497ed94fc160084656bd101cf75a1ca20665766f1a3GOCSPX-gaMOhUpYbjJAs-jEhHfmKEJHOtJU"}"#,
        #"{"card":{"cvv":"1700000000000key key-0ace1498b390cf3417f6a497ed94fc16"}}"#,
    ])
    func `What a document's first secret hid is found at once, not by the next agent`(line: String) throws {
        var redactor = TestRedactor(Self.everything)
        let first = redactor.redact(line)
        let once = try #require(first)
        #expect(once != line)
        #expect(redactor.redact(once) == once)
    }

    @Test func `Detectors have names of their own and tell their source`() {
        let names = Detector.catalogue.map(\.name)
        #expect(Set(names).count == names.count)
        for detector in Detector.catalogue {
            #expect(
                !detector.source.isEmpty && !detector.summary.isEmpty && !detector.nearMisses.isEmpty,
                "\(detector.name)"
            )
        }
    }
}
