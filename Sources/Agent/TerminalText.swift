/// Log lines on a terminal.
enum TerminalText {
    /// A text in which control bytes are spelled out, but for some: a log line must not be able to steer the terminal.
    static func spelled(_ text: some Sequence<UInt8>, keeps: Set<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text { append(byte, keeps: keeps, to: &out) }
        return out
    }

    /// Appends a byte, spelled out where it controls something.
    static func append(_ byte: UInt8, keeps: Set<UInt8>, to out: inout [UInt8]) {
        guard byte < 0x20 && !keeps.contains(byte) || byte == 0x7F else { return out.append(byte) }
        out += Array("\\x".utf8)
        for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
    }
}
