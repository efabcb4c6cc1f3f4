import RecordPath
import TestSupport
import Testing

/// Ids on their way through the record path: inherited, exchanged between workers, counted when they break.
@Suite struct TraceKeeperTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let request = "8f14e45f-ceea-467f-a0e6-0c6f4f2b9c1d"

    private static func plan(exchange: IDExchange? = nil) -> RecordPlan {
        var plan = RecordPlan(lexicon: .plain, redaction: RedactionPolicy())
        plan.documents = DocumentPlan(bulk: false, archive: true, host: "h")
        plan.remember = 300_000_000_000
        plan.exchange = exchange
        return plan
    }

    private static func stream(_ service: String) -> SourceStream {
        SourceStream(.init(input: "docker", key: "docker:\(service):stdout", fallbackService: service))
    }

    /// The trace ids of the documents that some lines become.
    private static func traces(
        _ lines: [String],
        of stream: SourceStream,
        through path: inout RecordPath
    ) throws -> [String?] {
        let batch = RecordBatch()
        let index = batch.add(stream: stream)
        for line in lines {
            Array(line.utf8).withUnsafeBufferPointer {
                batch.append($0, stream: index, time: DocumentBench.time, identity: (0, 0))
            }
        }
        path.process(batch)
        var body = Arena()
        path.take(.archive, into: &body)
        return try DocumentBench.lines(body.bytes).map { try StrictJSONDocument.parse($0)["trace.id"]?.text }
    }

    private static let both = #"{"msg":"a","trace_id":"\#(trace)","request_id":"\#(request)"}"#
    private static let requestOnly = #"{"msg":"b","request_id":"\#(request)"}"#

    @Test("A line with only a request id gets the trace seen with it, in its service and in others")
    func inherits() throws {
        var path = RecordPath(Self.plan())
        #expect(try Self.traces([Self.requestOnly], of: Self.stream("a"), through: &path) == [nil])
        let own = try Self.traces([Self.both, Self.requestOnly], of: Self.stream("a"), through: &path)
        #expect(own == [Self.trace, Self.trace])
        #expect(try Self.traces([Self.requestOnly], of: Self.stream("b"), through: &path) == [Self.trace])
        let counts = path.takeSnapshot().correlated
        #expect(counts[.init(service: "a", label: "trace")] == 2)
        #expect(counts[.init(service: "a", label: "request")] == 1)
        #expect(counts[.init(service: "b", label: "trace")] == 1)
    }

    @Test("What one worker has seen is known to the others with their next batch")
    func exchange() throws {
        let exchange = IDExchange()
        var first = RecordPath(Self.plan(exchange: exchange))
        var second = RecordPath(Self.plan(exchange: exchange))
        _ = try Self.traces([Self.both], of: Self.stream("a"), through: &first)
        #expect(try Self.traces([Self.requestOnly], of: Self.stream("b"), through: &second) == [Self.trace])
        let other = #"{"trace_id":"11111111111111111111111111111111","request_id":"\#(Self.request)"}"#
        _ = try Self.traces([other], of: Self.stream("b"), through: &second)
        let breaks = (first.takeSnapshot().breaks, second.takeSnapshot().breaks)
        #expect(breaks.0.isEmpty)
        #expect(breaks.1 == [.init(service: "b", label: "trace_changed"): 1])
    }

    @Test("Turned off, nothing is inherited")
    func off() throws {
        var plan = Self.plan()
        plan.remember = 0
        var path = RecordPath(plan)
        #expect(
            try Self.traces([Self.both, Self.requestOnly], of: Self.stream("a"), through: &path) == [Self.trace, nil]
        )
    }

    @Test("Ids that were redacted to one text are no bond between lines")
    func redactedIDs() throws {
        var path = RecordPath(Self.plan())
        let mail = { (name: String) in "\(name).meyer@example-mail.org" }
        let lines = [
            #"{"msg":"a","trace_id":"\#(Self.trace)","request_id":"\#(mail("anna"))"}"#,
            #"{"msg":"b","request_id":"\#(mail("bob"))"}"#,
        ]
        #expect(try Self.traces(lines, of: Self.stream("a"), through: &path) == [Self.trace, nil])
    }

    @Test(
        "An id that is of no use is counted by its reason, and one that says there is none is not",
        arguments: [
            (#""trace_id":"00000000000000000000000000000000""#, ["all_zero"]),
            (#""trace_id":"abc""#, ["invalid_length"]),
            (#""traceparent":"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01""#, ["invalid_version"]),
            (#""request_id":"a b""#, ["invalid_request_id"]), (#""trace_id":"""#, []), (#""trace_id":"-""#, []),
            (#""trace_id":"null","span_id":"","request_id":"-""#, []),
        ]
    )
    func faults(fields: String, reasons: [String]) throws {
        var path = RecordPath(Self.plan())
        _ = try Self.traces([#"{"msg":"a",\#(fields)}"#], of: Self.stream("a"), through: &path)
        let breaks = path.takeSnapshot().breaks
        #expect(breaks.map(\.key.label) == reasons)
    }
}
