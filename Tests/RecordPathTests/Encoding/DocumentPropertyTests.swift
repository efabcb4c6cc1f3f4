import RecordPath
import Testing

/// What holds for every line, shown with random ones.
@Suite struct DocumentPropertyTests {
    @Test(arguments: [1, 2, 3, 4])
    func attributesAreWhatTheLineSays(seed: UInt64) throws {
        var json = RandomJSON(seed: seed)
        var bench = DocumentBench()
        for _ in 0..<400 {
            let (text, meaning) = json.object()
            let stored = try bench.document(text)
            guard stored.attributes ?? .object([]) == meaning else {
                Issue.record("seed \(seed): \(text) became \(stored.text)")
                return
            }
        }
    }

    @Test(arguments: [11, 12, 13, 14])
    func hostileLinesBecomeDocumentsThatOpenSearchTakes(seed: UInt64) throws {
        var json = RandomJSON(seed: seed)
        var bench = DocumentBench()
        for _ in 0..<200 {
            let line = json.hostileLine()
            // The bench reads each document with the strict reader.
            let stored = try #require(bench.documents([line]).first)
            if let problem = Self.problem(stored) {
                Issue.record("seed \(seed): \(problem) in \(stored.text) from \(String(decoding: line, as: UTF8.self))")
                return
            }
        }
    }

    @Test(arguments: [21, 22])
    func hostileLinesBecomeTheSameDocumentByALearntShape(seed: UInt64) throws {
        var json = RandomJSON(seed: seed)
        for _ in 0..<60 {
            let line = json.hostileLine()
            var bench = DocumentBench()
            let stored = try bench.documents(Array(repeating: line, count: 4))
            for other in stored.dropFirst() {
                #expect(other.attributes == stored[0].attributes && other.texts == stored[0].texts)
            }
        }
    }

    /// The first documents come from the tape of the walker, the last from the program of the shape.
    @Test(arguments: [41, 42, 43])
    func programsWriteWhatTheWriterWrites(seed: UInt64) throws {
        var json = RandomJSON(seed: seed)
        for _ in 0..<150 {
            let line = json.loggedObject()
            var bench = DocumentBench()
            let stored = try bench.documents(Array(repeating: Array(line.utf8), count: 4))
            guard stored[0].attributes == stored[3].attributes, Self.problem(stored[3]) == nil else {
                Issue.record("seed \(seed): \(line) became \(stored[0].text) and \(stored[3].text)")
                return
            }
        }
    }

    @Test(arguments: [31, 32])
    func otherBytesBecomeDocumentsToo(seed: UInt64) throws {
        var source = InputSource(seed: seed)
        var bench = DocumentBench()
        let samples = [
            #"level=info msg="a \"b\"" path=C:\x took=12ms "#, "time=2026-11-21T11:37:37Z level=warn a=\"\\\" b= c",
            "2026-11-21 11:37:37,123 ERROR [main] x - boom {\"msg\":\"in\\u12ner\",\"path\":\"\\/a\"}",
            #"10.0.0.7 - - [21/Nov/2026:11:37:37 +0000] "GET /a\x22 HTTP/1.1" 200 512 "-" "curl""#,
        ]
        for index in 0..<600 {
            let line =
                index % 3 == 0 ? source.bytes(upTo: 300) : source.mutated(Array(samples[index % samples.count].utf8))
            let stored = try #require(bench.documents([line]).first)
            #expect(Self.problem(stored) == nil)
        }
    }

    /// A rule of SPEC 4 that a document breaks.
    private static func problem(_ stored: DocumentBench.Stored) -> String? {
        let attributes = stored.attributes ?? .null
        if stored.text.utf8.count > 2_200_000 { return "too long" }
        if attributes.depth > 16 { return "too deep" }
        if let attributes = stored.attributes, attributes.names.isEmpty { return "empty attributes" }
        return problem(attributes)
    }

    private static func problem(_ value: StrictJSONDocument) -> String? {
        switch value {
        case .array(let elements): return elements.lazy.compactMap(problem).first
        case .object(let members):
            return members.lazy.compactMap { problem(name: $0.name) ?? problem($0.value) }.first
        case .string(let text): return text.utf8.count > 8000 * 3 ? "a long leaf" : nil
        case .number(let digits): return digits.utf8.count > 24 ? "a long number" : nil
        case .bool, .null: return nil
        }
    }

    private static func problem(name: String) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        if parts.contains(where: { part in part.allSatisfy(\.isWhitespace) }) { return "the name '\(name)'" }
        if name.utf8.contains(0) { return "NUL in a name" }
        return name.utf8.count > 256 ? "a long name" : nil
    }
}
