/// An answer; the server adds its length and the headers that every answer bears.
package struct AdminResponse: Sendable, Equatable {
    /// A header of this answer alone.
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    /// The HTTP status.
    package let status: Int
    /// What the body is.
    package let contentType: String
    /// All of it; nothing where there are `pieces`.
    package let body: [UInt8]
    /// The body of an answer that is too long to be held.
    package private(set) var pieces: BodyPieces?
    /// Headers beside type and length.
    package let headers: [Header]

    /// Makes an answer.
    package init(status: Int, contentType: String, body: [UInt8], headers: [(name: String, value: String)] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.headers = headers.map { Header(name: $0.name, value: $0.value) }
    }

    /// Makes an answer whose body is made while it is sent, unless it is short.
    package init(
        status: Int,
        contentType: String,
        pieces: BodyPieces,
        headers: [(name: String, value: String)] = []
    ) {
        let (whole, rest) = pieces.gathered(upTo: Self.wholeBytes)
        self.init(status: status, contentType: contentType, body: whole ?? [], headers: headers)
        if whole == nil { self.pieces = rest }
    }

    /// A body of no more than this is sent as a whole, with its length.
    private static let wholeBytes = 256 << 10

    /// A JSON document and a line break, so that it is readable on a terminal.
    package static func json(_ status: Int, _ value: JSONValue) -> AdminResponse {
        AdminResponse(status: status, contentType: "application/json", body: value.bytes + [UInt8(ascii: "\n")])
    }

    /// `{"error": …}`, and headers that say what the client may do about it.
    package static func refusal(
        _ status: Int,
        _ problem: String,
        headers: [(name: String, value: String)] = []
    ) -> AdminResponse {
        let body = JSONValue.object([JSONValue.Member("error", .string(problem))])
        return AdminResponse(
            status: status,
            contentType: "application/json",
            body: body.bytes + [UInt8(ascii: "\n")],
            headers: headers
        )
    }
}
