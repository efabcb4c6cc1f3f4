import Artefacts
import Testing

/// The writers of JSON and YAML.
@Suite struct NodeTests {
    @Test("JSON keeps order, escapes, and stands on one line where it fits")
    func json() {
        let node: Node = ["b": 1, "a": ["x", 2.5, true, .null], "text": "a \"b\"\n\\ é"]
        #expect(node.json == "{\"b\": 1, \"a\": [\"x\", 2.5, true, null], \"text\": \"a \\\"b\\\"\\n\\\\ é\"}\n")
        #expect(node.compactJSON == "{\"b\":1,\"a\":[\"x\",2.5,true,null],\"text\":\"a \\\"b\\\"\\n\\\\ é\"}")
        let long: Node = ["key": .text(String(repeating: "x", count: 120)), "list": []]
        #expect(long.json.hasPrefix("{\n  \"key\": \"xxx"))
        #expect(long.json.hasSuffix(",\n  \"list\": []\n}\n"))
    }

    @Test(
        "YAML quotes what it would take for something else",
        arguments: [
            ("yes", "\"yes\""), ("1m", "\"1m\""), ("a: b", "\"a: b\""), ("a #b", "\"a #b\""),
            ("{{ x }}", "\"{{ x }}\""),
            ("", "\"\""), ("a:b", "a:b"), ("/d/x?a=b", "/d/x?a=b"), ("- x", "\"- x\""), ("ends:", "\"ends:\""),
            ("a\tb", "\"a\\tb\""), ("trailing ", "\"trailing \""),
        ]
    )
    func yamlScalars(_ text: String, _ written: String) {
        let node: Node = ["key": .text(text)]
        #expect(node.yaml() == "key: \(written)\n")
    }

    @Test("YAML writes blocks, and texts of several lines as they are")
    func yaml() {
        let node: Node = [
            "list": [["a": 1, "b": [2]], "x", []], "text": "one\n  two\n\nthree", "empty": [:], "end": "one\ntwo\n",
        ]
        #expect(
            node.yaml(comment: "What it is.") == """
                # What it is.
                list:
                  - a: 1
                    b:
                      - 2
                  - x
                  - []
                text: |-
                  one
                    two

                  three
                empty: {}
                end: |
                  one
                  two

                """
        )
    }
}
