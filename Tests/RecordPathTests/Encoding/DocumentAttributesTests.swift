import RecordPath
import Testing

@Suite struct DocumentAttributesTests {
    private func attributes(_ json: String) throws -> StrictJSONDocument? {
        var bench = DocumentBench()
        return try bench.document(json).attributes
    }

    @Test func valuesKeepTheirKinds() throws {
        let json = #"{"s":"text","n":-1.50e3,"b":true,"x":null,"o":{},"a":[],"deep":{"k":[1,"a",null,{"z":false}]}}"#
        #expect(try attributes(json) == (try StrictJSONDocument.parse(json)))
    }

    @Test func spacesBetweenTokensDoNotMatter() throws {
        let json = "  { \"s\" :\t\"text\" , \"o\" : { } , \"a\" : [ 1 , [ ] , { \"k\" : { } } ] }  "
        #expect(try attributes(json) == (try StrictJSONDocument.parse(json)))
    }

    @Test(arguments: [
        (#""""#, "_"), (#"".""#, "_"), (#""..""#, "__"), (#"".a""#, "_a"), (#""a.""#, "a_"), (#""a..b""#, "a._b"),
        (#"" ""#, "_"), (#""a. .b""#, "a._.b"), (#""a\u0000b""#, "a_b"), (#""\u0000""#, "_"), (#""a.b""#, "a.b"),
        (#""_id""#, "_id"), (#""@x""#, "@x"), (#""ä.ö""#, "ä.ö"), (#""\u0061\n\"""#, "a\n\""),
        (#""\ud800x""#, "\u{FFFD}x"),
        (#""\ud83d\ude42""#, "🙂"), (#""\q""#, "\\q"), ("\"\u{1}\"", "\u{1}"), (#""\u002ea""#, "_a"),
    ])
    func namesThatOpenSearchRefusesAreChanged(key: String, name: String) throws {
        #expect(try attributes("{" + key + ":1}") == .object([(name, .number("1"))]))
        #expect(try attributes("{\"o\":{" + key + ":1}}") == .object([("o", .object([(name, .number("1"))]))]))
        let inArray = try attributes("{\"o\":[{" + key + ":1}]}")
        #expect(inArray == .object([("o", .array([.object([(name, .number("1"))])]))]))
    }

    @Test func longNamesAreCutAndStayApart() throws {
        let stem = String(repeating: "kä", count: 200)
        let names = try #require(try attributes("{\"\(stem)1\":1,\"\(stem)2\":2}")).names
        #expect(Set(names).count == 2)
        for name in names { #expect(name.utf8.count <= 256 && name.hasPrefix("käkä")) }
    }

    @Test func theLastOfDuplicateKeysWins() throws {
        #expect(
            try attributes(#"{"a":1,"b":2,"a":{"x":1,"x":2},"c":3,"b":4}"#)
                == .object([("a", .object([("x", .number("2"))])), ("c", .number("3")), ("b", .number("4"))])
        )
        #expect(
            try attributes(#"{"o":{"a":{"k":1},"a":{"j":2}},"l":[{"a":1,"b":2,"a":3}]}"#)
                == .object([
                    ("o", .object([("a", .object([("j", .number("2"))]))])),
                    ("l", .array([.object([("b", .number("2")), ("a", .number("3"))])])),
                ])
        )
    }

    @Test func aDuplicateOfACanonicalKeyIsNotKept() throws {
        var bench = DocumentBench()
        let stored = try bench.document(#"{"msg":"first","msg":"second","k":1}"#)
        #expect(stored.message == "second")
        #expect(stored.attributes == .object([("k", .number("1"))]))
    }

    @Test func keysThatBecomeOneNameKeepTheOthersValuesAsText() throws {
        var bench = DocumentBench()
        let stored = try bench.document(#"{"a.":"one","a_":"two","o":{"":1,".":2,"_":3},"l":[{"":"x","_":"y"}]}"#)
        #expect(
            stored.attributes
                == .object([
                    ("a_", .string("two")), ("o", .object([("_", .number("3"))])),
                    ("l", .array([.object([("_", .string("y"))])])),
                ])
        )
        #expect(Set(stored.texts) == ["a_=one", "o._=1", "o._=2", "l._=\"x\""])
    }

    @Test func manyMembersOfAnObjectInAnArrayAreComparedToo() throws {
        let members = (0..<200).map { "\"k\($0 % 70)\":\($0)" }.joined(separator: ",")
        let attributes = try attributes("{\"l\":[{\(members)}]}")
        let object = try #require(attributes?["l"]?.elements.first)
        #expect(object.names.count == 70)
        for (index, name) in object.names.enumerated() {
            let key = (index + 60) % 70
            #expect(name == "k\(key)" && object[name]?.number == Int64(key < 60 ? key + 140 : key + 70))
        }
    }

    @Test func valuesLongerThanALeafMayBeBecomeText() throws {
        var bench = DocumentBench()
        let (fits, long) = (String(repeating: "f", count: 8000), String(repeating: "l", count: 8001))
        let stored = try bench.document(
            "{\"fits\":\"\(fits)\",\"o\":{\"long\":\"\(long)\"},\"l\":[\"\(long)\",\"x\",{\"k\":\"\(long)\"}]}"
        )
        #expect(
            stored.attributes
                == .object([("fits", .string(fits)), ("l", .array([.string("x"), .object([])]))])
        )
        #expect(stored.texts == ["o.long=" + long, "l=" + long, "l.k=" + long])
    }

    @Test func numbersNoReaderHoldsBecomeStrings() throws {
        let long = String(repeating: "9", count: 25)
        let json = "{\"small\":\(long.dropLast()),\"long\":\(long),\"l\":[\(long)]}"
        #expect(
            try attributes(json)
                == .object([
                    ("small", .number(String(long.dropLast()))), ("long", .string(long)),
                    ("l", .array([.string(long)])),
                ])
        )
        var bench = DocumentBench()
        let huge = String(repeating: "1", count: 9000)
        #expect(try bench.document("{\"k\":\(huge),\"l\":[\(huge)]}").texts == ["k=" + huge, "l=" + huge])
    }

    @Test(arguments: [1, 2, 14, 15, 16, 17, 18, 40, 500])
    func whatIsTooDeepBecomesText(levels: Int) throws {
        var bench = DocumentBench()
        for (open, close) in [("{\"k\":", "}"), ("[", "]"), ("{\"k\":[", "]}")] {
            let json = String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
            let depth = 1 + levels * open.filter { $0 != "\"" && $0 != "k" && $0 != ":" }.count
            let stored = try bench.document("{\"a\":0,\"r\":\(json)}")
            // What nests deeper than the parser looks is text.
            if depth > 512 { continue }
            let (attributes, texts) = (stored.attributes, stored.texts)
            #expect(attributes?["a"] == .number("0"))
            #expect((attributes?.depth ?? 0) <= 16)
            #expect(texts.count == (depth <= 16 ? 0 : 1))
            if depth <= 16 {
                #expect(attributes?["r"] == (try StrictJSONDocument.parse(json)))
            } else {
                #expect(texts.first?.hasPrefix("r") == true)
            }
        }
    }

    @Test func stringsAreMendedWhereverTheyStand() throws {
        let json = "{\"s\":\"\\ud800\u{1}\\x\",\"l\":[\"\\udfff\u{2}\",{\"k\\ud800\":\"\\u00\"}]}"
        #expect(
            try attributes(json)
                == .object([
                    ("s", .string("\u{FFFD}\u{1}\\x")),
                    ("l", .array([.string("\u{FFFD}\u{2}"), .object([("k\u{FFFD}", .string("\\u00"))])])),
                ])
        )
    }

    @Test func attributesAreRightAgainAfterTheKeysStartAnew() throws {
        var bench = DocumentBench()
        let lines = (0..<40_000).map { Array("{\"k\($0)\":\($0),\"\":\"same\"}".utf8) }
        for (index, stored) in try bench.documents(lines).enumerated() {
            guard stored.attributes == .object([("k\(index)", .number("\(index)")), ("_", .string("same"))]) else {
                Issue.record("document \(index): \(stored.text)")
                return
            }
        }
    }
}
