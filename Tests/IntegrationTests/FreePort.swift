import Glibc

/// A port of the loopback interface that nobody uses.
enum FreePort {
    struct Failure: Error {}

    /// Asks the kernel for one; it stays free unless somebody else is given the same one meanwhile.
    static func number() throws -> Int {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw Failure() }
        defer { close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(file, generic, length) == 0 ? getsockname(file, generic, &length) : -1
            }
        }
        guard code == 0 else { throw Failure() }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
