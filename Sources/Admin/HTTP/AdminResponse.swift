/// An answer in full; the server adds its length and the headers that every answer bears.
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
    /// All of it.
    package let body: [UInt8]
    /// Headers beside type and length.
    package let headers: [Header]

    /// Makes an answer.
    package init(status: Int, contentType: String, body: [UInt8], headers: [(name: String, value: String)] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.headers = headers.map { Header(name: $0.name, value: $0.value) }
    }

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
