/// Which `Host` headers a request may bear.
///
/// A page of somebody else can make a visitor's browser connect to us under a name that its owner points at
/// 127.0.0.1, and read what we answer (DNS rebinding). It needs a name of its own for that: addresses are therefore
/// always fine, names only those that cannot be somebody else's.
package struct AllowedHosts: Sendable {
    private let names: Set<String>
    private let allowsNamesWithoutDots: Bool

    /// Knows the names of one server; `configured` are those that its owner has given it.
    package init(listen: ListenAddress, isLoopback: Bool, configured: [String]) {
        names = Set(["localhost", listen.host.lowercased()] + configured.map { $0.lowercased() })
        // Names of containers and hosts of the same network: no public domain is without a dot.
        allowsNamesWithoutDots = !isLoopback
    }

    /// Whether a `Host` header, with or without a port, is one of ours.
    package func allows(_ header: String) -> Bool {
        guard let host = Self.host(in: header) else { return false }
        if ListenAddress.isAddress(host) || names.contains(host) { return true }
        return allowsNamesWithoutDots && Self.isSingleLabel(host)
    }

    /// The name or address in lower case, without port, brackets and a last dot.
    private static func host(in header: String) -> String? {
        var host = Substring(header)
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]"), isPort(host[host.index(after: end)...]) else { return nil }
            let address = String(host[host.index(after: host.startIndex)..<end])
            return address.contains(":") ? address : nil
        }
        if let colon = host.firstIndex(of: ":") {
            guard isPort(host[colon...]) else { return nil }
            host = host[..<colon]
        }
        if host.hasSuffix(".") { host.removeLast() }
        return host.isEmpty ? nil : host.lowercased()
    }

    /// Nothing, or a colon and a port.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && UInt16(text.dropFirst()) != nil
    }

    private static func isSingleLabel(_ host: String) -> Bool {
        host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
