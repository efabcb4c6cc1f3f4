/// The words that stand for levels, in a hash table over their first eight bytes.
struct LevelWords: Sendable {
    /// No word is longer.
    static let maxBytes = 13
    static let shared = LevelWords()

    /// Which level each spelling is, with a producer for the unusual ones.
    ///
    /// `critical` is `fatal`, as in Python; syslog's `notice` is `info`; Serilog's and Android's `verbose` is `trace`.
    static let names: [(level: Level, names: String)] = [
        // npm's `silly`; java.util.logging's FINER and FINEST
        (.trace, "trace trc trac verbose vrb verb vbs silly finest finer t v"),
        // java.util.logging's FINE and CONFIG; PostgreSQL's DEBUG1…5 lose their digit
        (.debug, "debug dbg dbug debg deb fine config d"),
        // MariaDB's Note and System, PostgreSQL's LOG, loguru's SUCCESS, npm's http
        (.info, "info information informational inf notice note ntc notification log success http system audit i n"),
        (.warn, "warn warning wrn warnings wrng w"),
        // java.util.logging's SEVERE
        (.error, "error err eror erro errors fail failure severe e"),
        // zap's DPANIC
        (.fatal, "fatal ftl fata crit critical crt emerg emergency alert alrt panic pnc dpanic f c"),
    ]

    private struct Slot {
        var word: UInt64
        var tail: UInt64
        var count: Int
        var level: Level
    }

    private static let bits: UInt64 = 8
    private var slots: [Slot]

    private init() {
        slots = Array(repeating: Slot(word: 0, tail: 0, count: 0, level: .none), count: 1 << Int(Self.bits))
        for (level, names) in Self.names {
            for name in names.split(separator: " ") {
                let bytes = Array(name.utf8)
                bytes.withUnsafeBufferPointer { bytes in
                    guard let base = bytes.baseAddress else { return }
                    let tail = Self.tail(base, bytes.count)
                    add(Slot(word: Self.word(base, bytes.count), tail: tail, count: bytes.count, level: level))
                }
            }
        }
    }

    /// The first eight bytes of a word in lower case, as one number.
    @inline(__always) static func word(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<min(count, 8) { word = word &<< 8 | UInt64(ASCII.lowercased(text[index])) }
        return word
    }

    /// What stands behind the first eight bytes.
    @inline(__always) static func tail(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        count > 8 ? word(text + 8, count &- 8) : 0
    }

    /// The level of a word; `none` where it is none.
    @inline(__always) func level(_ text: UnsafePointer<UInt8>, _ count: Int) -> Level {
        let word = Self.word(text, count)
        let tail = Self.tail(text, count)
        var index = Self.home(word)
        while slots[index].count != 0 {
            if slots[index].word == word, slots[index].count == count, slots[index].tail == tail {
                return slots[index].level
            }
            index = (index &+ 1) & (1 << Int(Self.bits) - 1)
        }
        return .none
    }

    private mutating func add(_ slot: Slot) {
        var index = Self.home(slot.word)
        while slots[index].count != 0 { index = (index + 1) & (1 << Int(Self.bits) - 1) }
        slots[index] = slot
    }

    @inline(__always) private static func home(_ word: UInt64) -> Int {
        Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> (64 &- bits))
    }
}
