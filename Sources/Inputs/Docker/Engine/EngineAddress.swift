/// Where the engine listens.
package enum EngineAddress: Sendable, Equatable {
    /// A socket in the file system.
    case unix(path: String)
    /// A plain TCP port.
    case tcp(host: String, port: UInt16)

    /// Why a text is no address.
    package enum Failure: Error, Equatable {
        case unknownScheme, noPath, pathTooLong, noHost, badPort, needsTLS
    }

    /// Reads `unix:///path`, `tcp://host:port` (2375 when there is none) or a bare absolute path.
    package static func parse(_ text: String) throws(Failure) -> EngineAddress {
        if text.hasPrefix("unix://") { return try unixPath(text.dropFirst(7)) }
        if text.hasPrefix("/") { return try unixPath(text[...]) }
        if text.hasPrefix("https://") { throw .needsTLS }
        for scheme in ["tcp://", "http://"] where text.hasPrefix(scheme) {
            return try hostAndPort(text.dropFirst(scheme.count))
        }
        throw .unknownScheme
    }

    private static func unixPath(_ path: Substring) throws(Failure) -> EngineAddress {
        guard path.hasPrefix("/") else { throw .noPath }
        // sun_path is 108 bytes with its end.
        guard path.utf8.count < 108 else { throw .pathTooLong }
        return .unix(path: String(path))
    }

    private static func hostAndPort(_ text: Substring) throws(Failure) -> EngineAddress {
        var text = text
        if text.hasSuffix("/") { text = text.dropLast() }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let host = text[text.index(after: text.startIndex)..<end]
            return try tcp(host, port: text[text.index(after: end)...])
        }
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        return try tcp(text[..<colon], port: text[colon...])
    }

    private static func tcp(_ host: Substring, port: Substring) throws(Failure) -> EngineAddress {
        guard !host.isEmpty, !host.contains("/") else { throw .noHost }
        guard !port.isEmpty else { return .tcp(host: String(host), port: 2375) }
        guard port.hasPrefix(":"), let number = UInt16(port.dropFirst()), number > 0 else { throw .badPort }
        return .tcp(host: String(host), port: number)
    }
}

extension EngineAddress: CustomStringConvertible {
    /// As one writes it in the configuration.
    package var description: String {
        switch self {
        case .unix(let path): "unix://\(path)"
        case .tcp(let host, let port): host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
        }
    }
}
