/// What SLOs, services and labels may be called.
enum SLOName {
    /// Letters, digits and `-_.`, with a letter or digit at both ends, as Sloth has it.
    static func isName(_ text: String) -> Bool {
        guard (1...63).contains(text.utf8.count), let first = text.utf8.first, let last = text.utf8.last else {
            return false
        }
        return isAlphanumeric(first) && isAlphanumeric(last) && isMadeOfNameBytes(text)
    }

    /// As the service of a record may be.
    static func isService(_ text: String) -> Bool { (1...64).contains(text.utf8.count) && isMadeOfNameBytes(text) }

    /// As Prometheus has it, without those that it keeps for itself.
    static func isLabel(_ text: String) -> Bool {
        guard let first = text.utf8.first, !text.hasPrefix("__"), text.utf8.count <= 128 else { return false }
        return !isDigit(first) && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isMadeOfNameBytes(_ text: String) -> Bool {
        text.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 26 }
}
