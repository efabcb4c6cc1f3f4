/// The name of an exception at the start of a line: `java.lang.IllegalStateException: …`, `TypeError: …`.
struct ExceptionName {
    /// It has a package or namespace before it, as in Java and .NET.
    let isQualified: Bool

    private static let maxBytes = 200

    /// Recognises a name that ends in `Error`, `Exception` or `Throwable`, followed by a colon or the end.
    init?(_ text: ByteCursor) {
        var line = text
        var dots = 0
        let start = line.position
        while line.position - start < Self.maxBytes {
            let byte = line.next
            guard ASCII.isAlphanumeric(byte) || byte == 0x2E || byte == 0x24 || byte == 0x5F || byte == 0x60 else {
                break
            }
            if byte == 0x2E { dots += 1 }
            line.position += 1
        }
        // Node puts an error's code behind its name: TypeError [ERR_X]: …
        let end = line.position
        if line.take(" [ERR_") || line.take(" [E") { _ = line.advance(to: 0x5D, within: 64) && line.take(0x5D) }
        guard line.isAtEnd || line.next == 0x3A, Self.hasEnding(text.base, start, end) else { return nil }
        isQualified = dots > 0
    }

    private static func hasEnding(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        func ends(_ ending: StaticString) -> Bool {
            let count = ending.utf8CodeUnitCount
            return end - start >= count && ByteCursor(base, from: end - count, to: end).starts(with: ending)
        }
        return ends("Error") || ends("Exception") || ends("Throwable")
    }
}
