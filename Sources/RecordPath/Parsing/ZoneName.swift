/// Abbreviations of time zones that mean one thing only.
enum ZoneName {
    enum Finding {
        case known(seconds: Int)
        /// It looks like a zone, but we do not know which.
        case unknown
        /// It is another word.
        case none
    }

    private static let known: [(name: StaticString, minutes: Int)] = [
        ("utc", 0), ("gmt", 0), ("z", 0), ("wet", 0), ("west", 60), ("cet", 60), ("cest", 120), ("eet", 120),
        ("eest", 180), ("msk", 180), ("jst", 540), ("kst", 540), ("hkt", 480), ("aest", 600), ("aedt", 660),
        ("nzst", 720), ("nzdt", 780), ("est", -300), ("edt", -240), ("cst", -360), ("cdt", -300), ("mst", -420),
        ("mdt", -360), ("pst", -480), ("pdt", -420), ("akst", -540), ("akdt", -480), ("hst", -600),
    ]
    /// Zones whose abbreviation several countries use.
    private static let ambiguous: [StaticString] = [
        "ist", "bst", "sst", "art", "amt", "wst", "brt", "sast", "sgt", "pht",
    ]

    /// The offset of the zone at the cursor in seconds; nil where none or an unknown one stands.
    static func read(_ cursor: inout ByteCursor) -> Int? {
        guard case .known(let seconds) = recognise(&cursor) else { return nil }
        return seconds
    }

    /// Looks at the word at the cursor and steps over it if it is a known zone.
    static func recognise(_ cursor: inout ByteCursor) -> Finding {
        var count = 0
        while ASCII.isUpper(cursor.peek(count)) { count += 1 }
        guard count > 0, count <= 4, !ASCII.isAlphanumeric(cursor.peek(count)) else { return .none }
        let word = cursor.base + cursor.position
        for zone in known where ASCII.equal(word, count, ignoringCase: zone.name) {
            cursor.position += count
            return .known(seconds: zone.minutes * 60)
        }
        for name in ambiguous where ASCII.equal(word, count, ignoringCase: name) { return .unknown }
        return .none
    }
}
