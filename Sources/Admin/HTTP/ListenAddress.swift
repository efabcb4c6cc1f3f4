#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Where the admin server listens: `127.0.0.1:14464`, `[::1]:14464`, `localhost:14464`.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// Without the brackets of an IPv6 address.
    package let host: String
    /// 0 lets the kernel choose.
    package let port: Int

    /// Reads `HOST:PORT`; an IPv6 address stands in brackets.
    package init(_ text: String) throws(AdminError) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
            let host = Self.host(text[..<colon])
        else { throw .notAnAddress(text) }
        self.host = host
        self.port = Int(port)
    }

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// As it is written in a URL.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether only this host can reach it.
    package var isLoopback: Bool {
        if let bytes = Self.bytes(host, AF_INET) { return bytes.first == 127 }
        if let bytes = Self.bytes(host, AF_INET6) { return bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1 }
        return host.lowercased() == "localhost"
    }

    /// Where a client on this host connects to: the loopback address when all addresses are listened on.
    package var reachable: ListenAddress {
        switch host {
        case "0.0.0.0": ListenAddress(host: "127.0.0.1", port: port)
        case "::": ListenAddress(host: "::1", port: port)
        default: self
        }
    }

    /// Where a browser finds the page, with the token behind a `#`, which no browser sends to a server.
    package func pageURL(token: AdminToken) -> String { "http://\(reachable)/#\(token.value)" }

    static func isAddress(_ host: String) -> Bool {
        bytes(host, AF_INET) != nil || bytes(host, AF_INET6) != nil
    }

    private static func host(_ text: Substring) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = String(text.dropFirst().dropLast())
            return bytes(inner, AF_INET6) == nil ? nil : inner
        }
        return text.isEmpty || text.contains { $0 == ":" || $0 == "/" || $0.isWhitespace } ? nil : String(text)
    }

    private static func bytes(_ host: String, _ family: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
        return inet_pton(family, host, &bytes) == 1 ? bytes : nil
    }
}
