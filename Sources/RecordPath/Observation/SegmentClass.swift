/// What kinds of bytes a path segment is made of, gathered in one pass.
struct SegmentClass {
    /// Longer segments are ids, whatever they hold.
    static let maxWordBytes = 40

    private static let digit: UInt8 = 1
    private static let upper: UInt8 = 2
    private static let lower: UInt8 = 4
    /// Separates the parts of a slug.
    private static let separator: UInt8 = 8
    /// Never part of a route's name: `%` and `@`, control bytes, non-ASCII, brackets, quotes.
    private static let foreign: UInt8 = 16

    private static let table: [UInt8] = (0...255).map { byte in
        let byte = UInt8(byte)
        if ASCII.isDigit(byte) { return digit }
        if ASCII.isUpper(byte) { return upper }
        if ASCII.isLower(byte) { return lower }
        switch byte {
        case 0x2D, 0x5F, 0x2E, 0x7E, 0x3A, 0x2B, 0x2C: return separator
        default: return foreign
        }
    }

    private var digits = 0
    private var uppers = 0
    private var lowers = 0
    private var separators = 0
    private var hasNumericPart = false

    /// Whether a segment is an identifier rather than a name: see `RouteTemplates`.
    @inline(__always) static func isIdentifier(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if count > maxWordBytes { return true }
        return table.withUnsafeBufferPointer { classes in
            var seen: UInt8 = 0
            for index in 0..<count { seen |= classes[Int(text[index])] }
            // most segments are words: nothing but letters and separators, and few of both
            if seen & (digit | foreign) == 0, count < 16 { return false }
            return seen & foreign != 0 || isIdentifierSlow(text, count, classes)
        }
    }

    private static func isIdentifierSlow(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        _ classes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let found = SegmentClass(text, count, classes)
        if found.digits == count { return true }
        if isVersion(text, count) || isWordWithDigits(text, count) { return false }
        if found.hasNumericPart || found.digits >= 3 { return true }
        if found.digits > 0, count >= 20 { return true }
        if found.separators >= 4 { return true }
        if count >= 16, found.separators == 0, isHexRun(text, count) { return true }
        return count >= 16 && found.lowers > 0 && found.uppers * 3 > count
    }

    private init(_ text: UnsafePointer<UInt8>, _ count: Int, _ classes: UnsafeBufferPointer<UInt8>) {
        var partDigits = 0
        var partStart = 0
        for index in 0..<count {
            switch classes[Int(text[index])] {
            case Self.digit:
                digits += 1
                partDigits += 1
            case Self.upper: uppers += 1
            case Self.lower: lowers += 1
            default:
                separators += 1
                if partDigits > 0, partDigits == index - partStart { hasNumericPart = true }
                partDigits = 0
                partStart = index + 1
            }
        }
        if partDigits > 0, partDigits == count - partStart { hasNumericPart = true }
    }

    /// `v1`, `v2.1`, `V3`, `v1beta1`, `v2-preview`.
    private static func isVersion(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 2, count <= 12, text[0] | 0x20 == 0x76, ASCII.isDigit(text[1]) else { return false }
        var digits = 0
        for index in 1..<count where ASCII.isDigit(text[index]) { digits += 1 }
        return digits <= 3
    }

    private static let wordsWithDigits: [StaticString] = [
        "sha256", "sha384", "sha512", "x509", "ed25519", "iso8601", "rfc3339", "error404", "error500",
    ]

    private static func isWordWithDigits(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        for word in wordsWithDigits where ASCII.equal(text, count, ignoringCase: word) { return true }
        return false
    }

    private static func isHexRun(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        for index in 0..<count where ASCII.hexValue(text[index]) > 15 { return false }
        return true
    }
}
