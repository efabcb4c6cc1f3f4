/// Status and headers of a response.
package struct HTTPResponseHead: Sendable, Equatable {
    package let status: Int
    /// Names in lower case, in the order they came.
    package let headers: [Header]

    /// One header.
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    /// Makes a head.
    package init(status: Int, headers: [Header]) {
        self.status = status
        self.headers = headers
    }

    /// The value of the first header of this name (in lower case).
    package func value(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// All values of the headers of this name (in lower case).
    package func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
}
