/// Repeatable randomness for corpora: SplitMix64.
struct CorpusRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
    }

    mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

    mutating func digits(_ count: Int) -> String { String((0..<count).map { _ in Character("\(below(10))") }) }

    /// Fills a template: `{a36}` is 36 letters and digits; `a` letters and digits, `U` capitals and digits, `l` small
    /// letters and digits, `w` small letters, `h` hexadecimal, `H` the same in capitals, `d` digits, `s` base64url,
    /// `b` base64.
    mutating func fill(_ template: String) -> String {
        var out = ""
        var rest = Array(template)[...]
        while let first = rest.popFirst() {
            guard first == "{", let kind = rest.first, let set = Self.sets[kind],
                let close = rest.firstIndex(of: "}"), let count = Int(String(rest[(rest.startIndex + 1)..<close]))
            else {
                out.append(first)
                continue
            }
            for _ in 0..<count { out.append(set[below(set.count)]) }
            rest = rest[(close + 1)...]
        }
        return out
    }

    private static let sets: [Character: [Character]] = {
        let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let small = capitals.lowercased()
        let digits = "0123456789"
        let all = [
            "a": capitals + small + digits, "U": capitals + digits, "l": small + digits, "w": small,
            "h": digits + "abcdef", "H": digits + "ABCDEF", "d": digits, "s": capitals + small + digits + "_-",
            "b": capitals + small + digits + "+/",
        ]
        return Dictionary(uniqueKeysWithValues: all.map { (Character($0.key), Array($0.value)) })
    }()
}
