import RecordPath
import Testing

@Suite struct DocumentLimitsTests {
    private static let megabyte = 1 << 20

    private func truncated(_ stored: DocumentBench.Stored) -> Bool { stored["martlet.truncated"] == .bool(true) }

    @Test func ordinaryDocumentsAreNotMarked() throws {
        var bench = DocumentBench()
        #expect(try bench.document("hello")["martlet.truncated"] == nil)
        let counts = bench.path.takeSnapshot()
        #expect(counts.truncatedByOutput == 0)
    }

    @Test func aLineThatWasReadOnlyInPartIsMarked() throws {
        var bench = DocumentBench()
        #expect(truncated(try bench.document("hello", isCut: true)))
        let counts = bench.path.takeSnapshot()
        #expect(counts.truncatedByOutput == 1)
    }

    @Test func aMebibyteOfTextIsCutAtACharacter() throws {
        var bench = DocumentBench()
        for text in ["x", "ä", "€", "🙂", "\u{1}", "\""] {
            let stored = try bench.document(String(repeating: text, count: Self.megabyte / text.utf8.count))
            let message = try #require(stored.message)
            #expect(truncated(stored))
            #expect(message.utf8.count <= 262_144 && message.utf8.count > 262_140)
            #expect(message.unicodeScalars.allSatisfy { String($0) == text })
            #expect(stored.text.utf8.count <= 2 << 20)
        }
    }

    @Test func aMebibyteOfOneFieldBecomesCutText() throws {
        var bench = DocumentBench()
        let stored = try bench.document(
            "{\"msg\":\"m\",\"blob\":\"\(String(repeating: "€", count: 340_000))\",\"k\":1}"
        )
        #expect(truncated(stored))
        #expect(stored.message == "m")
        #expect(stored.attributes == .object([("k", .number("1"))]))
        let text = try #require(stored.texts.first)
        #expect(text.hasPrefix("blob=€€") && text.utf8.count <= 262_144 + 5 && text.hasSuffix("€"))
    }

    @Test func aMebibyteOfManyFieldsIsKept() throws {
        var bench = DocumentBench()
        let members = (0..<60_000).map { "\"k\($0)\":\"v\($0)\"" }.joined(separator: ",")
        let stored = try bench.document("{\(members)}")
        #expect(!truncated(stored))
        #expect(stored.attributes?.names.count == 60_000)
    }

    @Test func aDocumentThatOutgrowsItsLimitIsWrittenWithoutAttributes() throws {
        var bench = DocumentBench()
        let value = String(repeating: "\u{1}", count: 7000)
        let members = (0..<140).map { "\"k\($0)\":\"\(value)\"" }.joined(separator: ",")
        let line = "{\"status\":500,\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\(members)}"
        let stored = try bench.document(line)
        #expect(truncated(stored))
        #expect(stored.attributes == nil && stored.texts.isEmpty)
        #expect(stored["http.response.status_code"] == .number("500") && stored["trace.id"] != nil)
        let message = try #require(stored.message)
        #expect(line.hasPrefix(message) && message.utf8.count > 200_000)
        #expect(stored.text.utf8.count <= (2 << 20) + 1024)
        let withMessage = try bench.document("{\"msg\":\"short\",\(members)}")
        #expect(withMessage.message == "short" && truncated(withMessage))
    }

    @Test func aPathThatNoKeywordHoldsStaysAsText() throws {
        var bench = DocumentBench()
        let path = "/" + String(repeating: "p", count: 8000)
        let stored = try bench.document("{\"method\":\"GET\",\"path\":\"\(path)\"}")
        #expect(stored["url.path"] == nil)
        #expect(stored.texts == ["path=" + path])
        #expect(stored["http.request.method"] == .string("GET"))
    }

    @Test func theDocumentsAfterALongOneAreAsEver() throws {
        var bench = DocumentBench()
        let before = try bench.document(#"{"msg":"a","k":1}"#)
        _ = try bench.document("{\"blob\":\"\(String(repeating: "x", count: Self.megabyte))\"}")
        let after = try bench.document(#"{"msg":"a","k":1}"#)
        #expect(before.attributes == after.attributes && after.texts.isEmpty && !truncated(after))
    }
}
