/// What a test server answers, and how badly it behaves while doing so.
package struct TestReply: Sendable {
    /// How the answer gets to the client.
    package enum Manner: Sendable, Equatable {
        /// As it should.
        case whole
        /// Never: the connection stays open until the client gives up.
        case hang
        /// The connection ends in order, before any byte of the answer.
        case close
        /// The connection is reset, before any byte of the answer.
        case reset
        /// The head and so many bytes of the body, then a reset.
        case cut(after: Int)
        /// A byte of the body at a time, with a pause between them.
        case drip(milliseconds: Int32)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    package var manner: Manner

    /// Makes an answer.
    package init(
        status: Int,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        manner: Manner = .whole
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.manner = manner
    }

    /// Makes an answer of text.
    package init(
        status: Int,
        headers: [(name: String, value: String)] = [],
        text: String,
        manner: Manner = .whole
    ) {
        self.init(status: status, headers: headers, body: Array(text.utf8), manner: manner)
    }

    /// The head as bytes.
    var head: [UInt8] {
        var text = "HTTP/1.1 \(status) Test\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        // A 204 has no body, and no length of one.
        if status != 204 { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8)
    }
}
