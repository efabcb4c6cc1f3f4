/// A stretch of a line that must go, as offsets into the line (or, while a decoded view is scanned, into that).
struct Finding {
    var start: Int
    var end: Int
    /// Index into the policy's detectors.
    var detector: UInt16
    /// Decides between findings of one length.
    var precedence: Precedence
    /// How many times the text was unescaped before this was found in it.
    var depth: UInt8 = 0
    /// Found behind percent decoding.
    var isPercentEncoded = false
    /// A bare JSON number: the replacement needs quotes of its own, escaped as deep as it stands.
    var isNumber = false
    /// The range is a whole member or pair, and nothing takes its place.
    var removesField = false

    /// How much further on the line's bytes behind it stand once it is replaced.
    var shift = 0

    enum Precedence: UInt8, Comparable {
        case generic, keyed, specific

        static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
    }

    var count: Int { end - start }
}
