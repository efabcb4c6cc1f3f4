import Testing
import Transport

@Suite struct BaseURLTests {
    @Test(arguments: [
        ("http://loki:3100", "http://loki:3100", false), ("https://loki", "https://loki", true),
        ("http://loki:3100/", "http://loki:3100", false),
        ("https://a.example/prefix/", "https://a.example/prefix", true),
        ("http://[::1]:9200", "http://[::1]:9200", false), ("http://127.0.0.1:80", "http://127.0.0.1:80", false),
    ])
    func `an address of a server is taken`(_ text: String, _ shown: String, _ isSecure: Bool) throws {
        let url = try #require(BaseURL(text))
        #expect(url.description == shown)
        #expect(url.isSecure == isSecure)
        #expect(url.appending("/ready") == shown + "/ready")
    }

    @Test(arguments: [
        "", "loki:3100", "http://", "https:///path", "ftp://loki", "http://user:secret@loki", "http://loki?x=1",
        "http://loki#x", "http://lo ki", "http://loki:0", "http://loki:99999", "http://loki:", "http://:3100",
        "http://[::1", "http://::1:3100", "http://l\u{00F6}ki", "http://loki/\u{0000}",
    ])
    func `anything else is refused`(_ text: String) {
        #expect(BaseURL(text) == nil)
    }
}
