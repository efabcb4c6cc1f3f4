internal import CScan

/// JSON text at the end of an arena.
extension Arena {
    /// The inside of a JSON string; 16 bytes behind `text` are readable.
    @inline(__always) mutating func putEscaped(_ text: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length &* 6 &+ 32)
        claim(martlet_json_escape(base + count, text, length))
    }

    /// The inside of a JSON string from an array.
    mutating func appendEscaped(_ text: [UInt8]) {
        reserve(text.count * 6 + 32)
        text.withUnsafeBufferPointer { text in
            guard let from = text.baseAddress else { return }
            claim(martlet_json_escape_scalar(base + count, from, text.count))
        }
    }

    /// A quoted JSON string from bytes that need no slack.
    mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        put(UInt8(ascii: "\""))
        if let from = text.baseAddress {
            reserve(text.count * 6 + 32)
            claim(martlet_json_escape_scalar(base + count, from, text.count))
        }
        put(UInt8(ascii: "\""))
    }

    /// A quoted JSON string.
    mutating func appendQuoted(_ text: String) {
        var text = text
        text.withUTF8 { appendQuoted($0) }
    }
}
