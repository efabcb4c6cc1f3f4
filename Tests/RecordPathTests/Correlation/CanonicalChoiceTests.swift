import RecordPath
import Testing

/// Which of several values becomes the record's, and how numbers without a unit are read.
@Suite struct CanonicalChoiceTests {
    private func document(_ line: String) throws -> DocumentBench.Stored {
        var bench = DocumentBench()
        let first = try bench.document(line)
        var learnt = DocumentBench()
        #expect(try learnt.documentByShape(line).document["log.level"] == first.document["log.level"])
        return first
    }

    @Test("GELF counts levels as syslog does, under the name that others count differently under")
    func gelf() throws {
        let line = #"{"version":"1.1","host":"h","short_message":"disk full","timestamp":1700000000.5,"level":3}"#
        let document = try document(line)
        #expect(document["log.level"]?.text == "error")
        #expect(document.message == "disk full")
        #expect(try self.document(#"{"level":30,"msg":"pino"}"#)["log.level"]?.text == "info")
        #expect(try self.document(#"{"level":3,"msg":"no such level"}"#)["log.level"] == nil)
    }

    @Test("The message inside a JSON object counts where the object is all the message there is")
    func innerMessage() throws {
        #expect(try document(#"web_1  | {"level":"warn","msg":"inner"}"#).message == "inner")
        let caddy = "2023/11/14 22:13:20.123\tINFO\thttp.log\thandled request\t{\"msg\": \"inner\", \"status\": 200}"
        #expect(try document(caddy).message?.hasPrefix("handled request") == true)
        #expect(try document(caddy)["http.response.status_code"]?.number == 200)
    }

    @Test("A wrapped line's time is the one inside where the wrapper has none")
    func innerTime() throws {
        let document = try document(#"web_1  | {"time":"2026-11-20T10:00:00Z","msg":"inner"}"#)
        #expect(document["@timestamp"]?.text == "2026-11-20T10:00:00.000000000Z")
    }

    @Test("Values in single quotes are one value of logfmt, as lograge prints errors")
    func singleQuotes() throws {
        let document = try document("method=POST path=/orders status=500 error='RuntimeError: it''s off' duration=3.2")
        #expect(document["attributes"]?["error"]?.text ?? document["error.message"]?.text == "RuntimeError: it''s off")
        #expect(document["http.response.status_code"]?.number == 500)
        let open = try self.document("a=1 quote='open b=2")
        #expect(open["attributes"]?["quote"]?.text == "'open")
    }

    @Test("A list is no path or method, and leaves a document that is JSON")
    func lists() throws {
        let line = #"{"msg":"x","path":["/a","/b"],"method":["GET","PUT"],"url":"/c","status":200}"#
        let document = try document(line)
        #expect(document["url.path"]?.text == "/c")
        #expect(document["http.request.method"] == nil)
        #expect(document["attributes"]?["path"]?.elements.count == 2)
        #expect(try self.document(#"{"path":["/a","/b"]}"#)["url.path"] == nil)
    }

    @Test("An array of one string is that string under a name that means something")
    func oneString() throws {
        let line =
            #"{"msg":"handled","request":{"method":"GET","headers":{"X-Request-Id":["r-1"],"Accept":["*/*"]}},"status":200}"#
        let document = try document(line)
        #expect(document["http.request.id"]?.text == "r-1")
        #expect(document["attributes"]?["request"]?["headers"]?["Accept"]?.elements.count == 1)
        for other in [#"["a","b"]"#, "[]", "[1]", #"["a"#] {
            var bench = DocumentBench()
            let broken = try bench.document("{\"request_id\":\(other)}")
            #expect(broken["http.request.id"] == nil)
        }
    }

    @Test("Of several durations the best name wins, whatever its unit")
    func durations() throws {
        let nginx = #"{"status":200,"request_time":"0.012","upstream_response_time":"0.5","duration_ms":900}"#
        #expect(try document(nginx)["event.duration"]?.number == 12000000)
        let both = #"{"status":200,"took_s":9,"duration_ms":12}"#
        #expect(try document(both)["event.duration"]?.number == 12000000)
        let broken = #"{"status":200,"duration":"soon","took_ms":12}"#
        #expect(try document(broken)["event.duration"]?.number == 12000000)
    }
}
