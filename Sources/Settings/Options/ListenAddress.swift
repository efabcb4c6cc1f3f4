/// A host and a port to listen at.
package struct ListenAddress: Sendable, Equatable {
    /// A name or an address, an IPv6 one without its brackets.
    package let host: String
    /// The port; 0 lets the system choose one.
    package let port: Int

    /// Makes an address.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:14464`, `localhost:0` or `[::1]:14464`.
    package init?(parsing text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.count <= 5, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        guard let port = Int(digits), port <= 65_535, let host = Self.host(text[..<colon]) else { return nil }
        self.init(host: host, port: port)
    }

    /// Whether only this host can reach it.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || Self.isLoopbackIPv4(host)
    }

    private static func host(_ text: Substring) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inside = text.dropFirst().dropLast()
            let isIPv6 = inside.contains(":") && inside.utf8.allSatisfy { isHexadecimal($0) || $0 == 58 || $0 == 46 }
            return isIPv6 ? String(inside) : nil
        }
        guard !text.isEmpty, text.utf8.count <= 253 else { return nil }
        return text.utf8.allSatisfy(isHostByte) ? String(text) : nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// All of 127.0.0.0/8, and not a name such as `127.example.com`.
    private static func isLoopbackIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension ListenAddress: CustomStringConvertible {
    /// `HOST:PORT`, an IPv6 address in brackets.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
