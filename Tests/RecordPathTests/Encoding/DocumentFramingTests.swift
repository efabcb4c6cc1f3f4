import RecordPath
import Testing

@Suite struct DocumentFramingTests {
    private static let lines = [Array(#"{"msg":"a","k":1}"#.utf8), Array("text".utf8)]

    @Test func aBulkBodyHasAnActionBeforeEachDocumentAndEndsInANewline() {
        var bench = DocumentBench(DocumentPlan(bulk: true, archive: false, host: "h"))
        bench.process(Self.lines)
        let body = bench.take(.opensearch)
        let lines = DocumentBench.lines(body)
        #expect(body.last == 0x0A && lines.count == 4)
        let action = String(decoding: lines[0], as: UTF8.self)
        #expect(
            action.hasPrefix(#"{"create":{"_id":""#) && action.hasSuffix(#""}}"#) && action.utf8.count == 18 + 22 + 3
        )
        #expect(bench.path.pending(.archive).records == 0 && bench.take(.archive).isEmpty)
    }

    @Test func theArchiveAloneHoldsTheSameDocuments() {
        var both = DocumentBench()
        var alone = DocumentBench(DocumentPlan(bulk: false, archive: true, host: "host-1"))
        both.process(Self.lines)
        alone.process(Self.lines)
        #expect(alone.path.pending(.opensearch).records == 0 && alone.take(.opensearch).isEmpty)
        #expect(alone.take(.archive) == both.take(.archive))
    }

    @Test func whatIsPendingIsCountedForEachFramingAlone() {
        var bench = DocumentBench()
        bench.process(Self.lines, time: DocumentBench.time + 5)
        bench.process(Self.lines, time: DocumentBench.time)
        let bulk = bench.path.pending(.opensearch)
        #expect(bulk.records == 4 && bulk.oldest == DocumentBench.time)
        #expect(bench.take(.opensearch).count == bulk.bytes)
        #expect(bench.path.pending(.opensearch).records == 0)
        let archive = bench.path.pending(.archive)
        #expect(archive.records == 4 && bench.take(.archive).count == archive.bytes)
        #expect(bench.take(.opensearch).isEmpty)
    }

    @Test func bodiesAreAppendedToWhatIsThere() {
        var bench = DocumentBench()
        bench.process(Self.lines)
        var body = Arena()
        body.append("before")
        bench.takeAppending(.archive, to: &body)
        #expect(body.bytes.starts(with: Array("before{\"@timestamp\"".utf8)))
        bench.process(Self.lines)
        #expect(DocumentBench.lines(bench.take(.archive)).count == 2)
    }
}
