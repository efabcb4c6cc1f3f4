import Inputs
import Testing

/// What the audit may ask, and what never becomes a path.
@Suite struct EngineDocumentTests {
    private static let id = "cb2423ab97c30b1ed1467f16ab055d5902261acb35b91892343606cea0f417a6"

    @Test("Ids and image references become paths as they are")
    func paths() {
        #expect(EngineDocument.container(id: Self.id).path == "/containers/\(Self.id)/json")
        #expect(
            EngineDocument.image(reference: "localhost:5000/a/b:1.2@sha256:00").path
                == "/images/localhost:5000/a/b:1.2@sha256:00/json"
        )
        let events = EngineDocument.events(since: 5_000_000_001, until: 9_120_000_000).path
        #expect(events?.hasPrefix("/events?since=5.000000001&until=9.120000000&") == true)
    }

    @Test(
        "What could lead elsewhere is not asked",
        arguments: ["", "../info", "a b", "a?b", "a#b", "a%2fb", "a\r\nX: y", "ü"]
    )
    func hostile(_ text: String) {
        #expect(EngineDocument.image(reference: text).path == nil)
        #expect(EngineDocument.container(id: text).path == nil)
        #expect(EngineDocument.processes(id: text).path == nil)
    }
}
