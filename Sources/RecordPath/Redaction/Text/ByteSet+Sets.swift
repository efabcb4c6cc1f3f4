/// Sets by name: constants, because the compiler does not fold what is computed from a text.
extension ByteSet {
    /// A space.
    static var blank: ByteSet { ByteSet(low: 0x0000_0001_0000_0000, high: 0x0000_0000_0000_0000) }
    /// Space and tab.
    static var gaps: ByteSet { ByteSet(low: 0x0000_0001_0000_0200, high: 0x0000_0000_0000_0000) }
    /// A dash.
    static var dash: ByteSet { ByteSet(low: 0x0000_2000_0000_0000, high: 0x0000_0000_0000_0000) }
    /// What numbers of JSON are made of.
    static var numberBytes: ByteSet { ByteSet(low: 0x03FF_6800_0000_0000, high: 0x0000_0020_0000_0020) }
    /// Digits and what stands between groups of them.
    static var numberGroups: ByteSet { ByteSet(low: 0x03FF_E300_0000_0000, high: 0x0000_0000_0000_0000) }
    /// What stands inside `ESC [ … m`.
    static var colourBytes: ByteSet { ByteSet(low: 0x0BFF_0000_0000_0000, high: 0x0000_0000_0000_0000) }
    /// Space and both quotes.
    static var quotesAndBlank: ByteSet { ByteSet(low: 0x0000_0085_0000_0000, high: 0x0000_0000_0000_0000) }
    /// What separates cookies.
    static var cookieGaps: ByteSet { ByteSet(low: 0x0800_1001_0000_0200, high: 0x0000_0000_0000_0000) }
    /// Letters, digits, `_`, `-`, `.`: names of headers, flags, fields.
    static var dotted: ByteSet { ByteSet(low: 0x03FF_6000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE) }
    /// Names of XML elements, and what stands in the brackets of a tag: the same with colons.
    static var elementNames: ByteSet { ByteSet(low: 0x07FF_6000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE) }
    /// Names of resources, with wildcards: the same with `*` and `/`.
    static var resourceNames: ByteSet { ByteSet(low: 0x07FF_E400_0000_0000, high: 0x07FF_FFFE_87FF_FFFE) }
    /// Names of members, with indexes and escapes.
    static var memberNames: ByteSet { ByteSet(low: 0x03FF_6020_0000_0000, high: 0x07FF_FFFE_AFFF_FFFE) }
    /// Base64 with its padding.
    static var base64Padded: ByteSet { ByteSet(low: 0x23FF_8800_0000_0000, high: 0x07FF_FFFE_07FF_FFFE) }
    /// Base64 of both alphabets with its padding.
    static var base64Any: ByteSet { ByteSet(low: 0x23FF_A800_0000_0000, high: 0x07FF_FFFE_87FF_FFFE) }
    /// The same, also with its marks percent-encoded.
    static var base64Escaped: ByteSet { ByteSet(low: 0x23FF_A820_0000_0000, high: 0x07FF_FFFE_87FF_FFFE) }
    /// Credentials of HTTP (RFC 7235), and colons.
    static var token68: ByteSet { ByteSet(low: 0x27FF_E800_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }
    /// What paths of URLs are made of.
    static var urlPath: ByteSet { ByteSet(low: 0x27FF_E820_0000_0000, high: 0x47FF_FFFE_87FF_FFFF) }
    /// What stands in the brackets of a template.
    static var templateNames: ByteSet { ByteSet(low: 0x03FF_6001_0000_0000, high: 0x2FFF_FFFE_87FF_FFFE) }
    /// Capitals, dashes and spaces.
    static var capitalsDashBlank: ByteSet { ByteSet(low: 0x0000_2001_0000_0000, high: 0x0000_0000_07FF_FFFE) }
    /// Capitals, digits and spaces.
    static var capitalsDigitsBlank: ByteSet { ByteSet(low: 0x03FF_0001_0000_0000, high: 0x0000_0000_07FF_FFFE) }
}
