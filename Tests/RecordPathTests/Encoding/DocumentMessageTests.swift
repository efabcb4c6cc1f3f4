import RecordPath
import Testing

@Suite struct DocumentMessageTests {
    @Test func aLineOfTextIsItsOwnMessage() throws {
        var bench = DocumentBench()
        for text in [
            "hello", "", "  ", "a \"quoted\" back\\slash", "tab\tand \u{1} and \u{7F}", "{not json", "ünï → 🙂",
        ] {
            let stored = try bench.document(text)
            #expect(stored.message == text)
            #expect(stored.attributes == nil && stored.texts.isEmpty)
        }
    }

    @Test func aJSONLineWithoutAMessageHasNone() throws {
        var bench = DocumentBench()
        let stored = try bench.document(#"{"a":1}"#)
        #expect(stored["message"] == nil)
        #expect(stored.attributes == .object([("a", .number("1"))]))
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""""#, ""), (#""a\tb\u0041\/\"\\""#, "a\tbA/\"\\"), (#""\ud83d\ude42""#, "🙂"),
        (#""lone \ud800 end""#, "lone \u{FFFD} end"), (#""\udc00\ud800""#, "\u{FFFD}\u{FFFD}"),
        (#""\ud800\ud83d\ude42""#, "\u{FFFD}🙂"), (#""nul \u0000.""#, "nul \0."),
        (#""bad \x41 \u12 \q""#, #"bad \x41 \u12 \q"#),
        ("\"raw \u{1}\t\u{1F} controls\"", "raw \u{1}\t\u{1F} controls"), ("12.5", "12.5"), ("true", "true"),
        (#"["a",{"b":"\n"}]"#, #"["a",{"b":"\n"}]"#),
    ])
    func messagesOfJSONAreMendedWhereNeeded(json: String, message: String) throws {
        var bench = DocumentBench()
        let stored = try bench.document(#"{"msg":"# + json + "}")
        #expect(stored.message == message)
        #expect(stored.attributes == nil)
        #expect(try bench.documentByShape(#"{"msg":"# + json + "}").message == message)
    }

    @Test func bytesThatAreNoUTF8BecomeReplacementCharacters() throws {
        var bench = DocumentBench()
        let lines: [[UInt8]] = [
            [0x61, 0xFF, 0x62],
            Array(#"{"msg":"a"#.utf8) + [0xC3] + Array(#"","k"#.utf8) + [0xFE] + Array(#"":1}"#.utf8),
        ]
        let stored = try bench.documents(lines)
        #expect(stored[0].message == "a\u{FFFD}b")
        #expect(stored[1].message == "a\u{FFFD}")
        #expect(stored[1].attributes?.names == ["k\u{FFFD}"])
    }

    @Test func aLogfmtLineGivesItsMessageAndItsPairs() throws {
        var bench = DocumentBench()
        let stored = try bench.document(#"level=info msg="it is \"so\"" path=C:\temp count=3 ratio=1e3 empty="#)
        #expect(stored.message == "it is \"so\"")
        #expect(stored["event.original"] == nil)
        #expect(
            stored.attributes
                == .object([("count", .number("3")), ("ratio", .number("1e3")), ("empty", .string(""))])
        )
        #expect(stored["url.path"] == .string(#"C:\temp"#))
    }

    @Test func aLogfmtLineWithoutAMessageIsItsOwn() throws {
        var bench = DocumentBench()
        let stored = try bench.document("level=info a=1 b=2")
        #expect(stored.message == "level=info a=1 b=2")
        #expect(stored.attributes?.names == ["a", "b"])
    }

    @Test func aLogfmtLineWithWordsBesideItsPairsIsKeptWhole() throws {
        var bench = DocumentBench()
        for line in ["level=info msg=hello world a=1", "msg=hello a=1 done", "level=info retry msg=\"a b\""] {
            let stored = try bench.document(line)
            #expect(stored["event.original"] == .string(line))
            #expect(stored.message?.isEmpty == false)
        }
    }

    @Test func aLineOfTextWhoseMessageIsSetOffIsKeptWhole() throws {
        var bench = DocumentBench()
        let line = "2026-11-21 11:37:37,123 [main] INFO com.example.Shop - order accepted"
        let stored = try bench.document(line)
        #expect(stored["log.level"] == .string("info"))
        #expect(stored.message != line)
        #expect(stored["event.original"] == .string(line))
    }

    @Test func anAccessLogLineIsItsOwnMessage() throws {
        var bench = DocumentBench()
        let line = #"10.0.0.7 - - [21/Nov/2026:11:37:37 +0000] "GET /a?b=c HTTP/1.1" 200 512 "-" "curl/8.0""#
        let stored = try bench.document(line)
        #expect(stored.message == line)
        #expect(stored["http.response.status_code"] == .number("200"))
        #expect(stored["url.path"] == .string("/a") && stored["url.query"] == .string("b=c"))
        #expect(stored.attributes == nil)
    }
}
