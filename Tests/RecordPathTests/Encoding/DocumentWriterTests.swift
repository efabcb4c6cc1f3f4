import RecordPath
import Testing

@Suite struct DocumentWriterTests {
    private static let full = """
        {"time":"2026-11-21T11:37:37.25Z","level":"WARN","service":"checkout","msg":"slow answer","trace_id":\
        "4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","request_id":"req-1","method":"GET",\
        "path":"/cart?x=1&y=2","status":503,"duration_ms":12.5,"region":"eu"}
        """

    @Test func canonicalFieldsGetTheirECSNames() throws {
        var bench = DocumentBench()
        let stored = try bench.document(Self.full)
        #expect(
            stored.document.names == [
                "@timestamp", "event.sequence", "log.level", "service.name", "message", "trace.id", "span.id",
                "http.request.id", "http.request.method", "url.path", "url.query", "http.response.status_code",
                "event.duration", "attributes", "host.name",
            ]
        )
        #expect(stored["@timestamp"] == .string("2026-11-21T11:37:37.250000000Z"))
        #expect(stored["log.level"] == .string("warn"))
        #expect(stored["service.name"] == .string("checkout"))
        #expect(stored["message"] == .string("slow answer"))
        #expect(stored["trace.id"] == .string("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(stored["span.id"] == .string("00f067aa0ba902b7"))
        #expect(stored["http.request.id"] == .string("req-1"))
        #expect(stored["http.request.method"] == .string("GET"))
        #expect(stored["url.path"] == .string("/cart"))
        #expect(stored["url.query"] == .string("x=1&y=2"))
        #expect(stored["http.response.status_code"] == .number("503"))
        #expect(stored["event.duration"] == .number("12500000"))
        #expect(stored["host.name"] == .string("host-1"))
    }

    @Test func whatARecordHoldsIsNotRepeatedAmongItsAttributes() throws {
        var bench = DocumentBench()
        #expect(try bench.document(Self.full).attributes?.names == ["region"])
    }

    @Test func aLineTakenByALearntShapeGivesTheSameDocument() throws {
        var walked = DocumentBench()
        var shaped = DocumentBench()
        for line in [Self.full, #"{"a":"x\ty","b":{"c":1,"d":{"status":"ok"}},"msg":"m"}"#] {
            let first = try walked.document(line).document
            let second = try shaped.documentByShape(line).document
            #expect(first.names == second.names)
            for name in first.names where name != "event.sequence" { #expect(first[name] == second[name]) }
        }
    }

    @Test func aTimeThatWasReplacedStaysAnAttribute() throws {
        var bench = DocumentBench()
        let stored = try bench.document(#"{"time":"2031-01-01T00:00:00Z","msg":"m"}"#)
        #expect(stored["@timestamp"] == .string(Self.sourceTime))
        #expect(stored.attributes?["time"] == .string("2031-01-01T00:00:00Z"))
    }

    private static let sourceTime = CivilDate.rfc3339(nanoseconds: DocumentBench.time)

    @Test func whatCouldNotBeReadStaysAnAttribute() throws {
        var bench = DocumentBench()
        let line =
            #"{"level":"purple","status":"ok","trace_id":"none","duration_ms":"soon","service":"a b","time":"x"}"#
        let stored = try bench.document(line)
        #expect(stored.attributes?.names == ["level", "status", "trace_id", "duration_ms", "service", "time"])
        #expect(stored["log.level"] == nil && stored["service.name"] == .string("shop"))
    }

    @Test func aDeclaredServiceBeatsTheLinesWhichStaysAnAttribute() throws {
        var bench = DocumentBench(
            origin: SourceStream.Origin(input: "docker", key: "k", declaredService: "declared")
        )
        let stored = try bench.document(#"{"service":"mine","msg":"m"}"#)
        #expect(stored["service.name"] == .string("declared"))
        #expect(stored.attributes?["service"] == .string("mine"))
    }

    @Test func onlyTheFieldThatCountedIsTakenOutOfTheAttributes() throws {
        var bench = DocumentBench()
        let stored = try bench.document(#"{"route":"/users/{id}","path":"/users/7","message":"a","msg":"b"}"#)
        #expect(stored["url.path"] == .string("/users/{id}"))
        #expect(stored["message"] == .string("a"))
        #expect(stored.attributes == .object([("path", .string("/users/7")), ("msg", .string("b"))]))
    }

    @Test func anObjectThatOnlyHeldCanonicalFieldsLeavesNothing() throws {
        var bench = DocumentBench()
        let stored = try bench.document(
            #"{"http":{"response":{"status_code":200},"version":"1.1"},"trace":{"id":"4bf92f3577b34da6a3ce929d0e0e4736"}}"#
        )
        #expect(stored.attributes == .object([("http", .object([("version", .string("1.1"))]))]))
        let none = try bench.document(#"{"msg":"m"}"#)
        #expect(none.attributes == nil)
    }

    @Test func whatTheSourceIsStandsInEveryDocument() throws {
        let origin = SourceStream.Origin(
            input: "docker",
            key: "k",
            stream: "stderr",
            container: "api-1",
            containerID: "abc",
            image: "registry/api:1",
            unit: "nginx.service",
            path: "/var/log/a\"b.log"
        )
        let labels = [("cluster", "local"), ("team.name", "a\nb"), ("cluster", "second"), ("", "x")]
        var bench = DocumentBench(DocumentPlan(bulk: true, archive: true, host: "h", labels: labels), origin: origin)
        let stored = try bench.document("hello")
        #expect(stored["container.id"] == .string("abc"))
        #expect(stored["container.name"] == .string("api-1"))
        #expect(stored["container.image.name"] == .string("registry/api:1"))
        #expect(stored["log.iostream"] == .string("stderr"))
        #expect(stored["log.file.path"] == .string("/var/log/a\"b.log"))
        #expect(stored["systemd.unit"] == .string("nginx.service"))
        #expect(
            stored["labels"]
                == .object([("cluster", .string("local")), ("team.name", .string("a\nb")), ("_", .string("x"))])
        )
    }

    @Test func sequenceNumbersGrowWithoutGaps() throws {
        var bench = DocumentBench()
        let stored = try bench.documents(Array(repeating: Array("same".utf8), count: 200))
        #expect(stored.compactMap { $0["event.sequence"]?.number } == Array(1...200))
    }

    @Test func timesBefore1970AreWrittenAs1970() throws {
        var bench = DocumentBench()
        bench.process([Array("x".utf8)], time: -1)
        let document = try StrictJSONDocument.parse(DocumentBench.lines(bench.take(.archive))[0])
        #expect(document["@timestamp"] == .string("1970-01-01T00:00:00.000000000Z"))
    }

    @Test func timesAreWrittenToTheNanosecond() throws {
        var bench = DocumentBench()
        for time in [0, 1, 999_999_999, 1_000_000_000, 1_795_261_057_012_345_678, Int64.max] as [Int64] {
            bench.process([Array("x".utf8)], time: time)
            let document = try StrictJSONDocument.parse(try #require(DocumentBench.lines(bench.take(.archive)).first))
            #expect(document["@timestamp"]?.text == CivilDate.rfc3339(nanoseconds: time))
        }
    }

    @Test func durationsAreWholeNanoseconds() throws {
        var bench = DocumentBench()
        for (text, nanoseconds) in [("0", 0), ("0.000001", 1), ("99", 99_000_000), ("123456789", 123_456_789_000_000)] {
            let stored = try bench.document("{\"duration_ms\":\(text)}")
            #expect(stored["event.duration"]?.number == Int64(nanoseconds))
        }
    }
}
