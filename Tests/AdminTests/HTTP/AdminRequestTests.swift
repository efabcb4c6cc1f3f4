import Admin
import Testing

@Suite struct AdminRequestTests {
    @Test(arguments: [
        ("/a?x=1&y=2", "x", "1"), ("/a?x=a%20b+c", "x", "a b c"), ("/a?x", "x", ""), ("/a?x=1&x=2", "x", "1"),
        ("/a?x=%C3%A4", "x", "ä"), ("/a?x=%zz%4", "x", "%zz%4"), ("/a?%78=1", "x", "1"), ("/a?x=a=b?c", "x", "a=b?c"),
        ("/a?&&x=1", "x", "1"), ("/a?x=%ff", "x", "\u{FFFD}"),
    ])
    func queryParametersAreDecoded(target: String, name: String, value: String) {
        let request = AdminRequest(method: "GET", target: target, headers: [])
        #expect(request.path == "/a")
        #expect(request.parameter(name) == value)
        #expect(request.parameter("other") == nil)
    }

    @Test func headersAreFoundInAnyCaseAndJoined() {
        let headers = [(name: "Accept", value: "a"), (name: "ACCEPT", value: "b")]
        let request = AdminRequest(method: "GET", target: "/", headers: headers)
        #expect(request.header("accept") == "a,b")
        #expect(request.header("host") == nil)
    }
}
