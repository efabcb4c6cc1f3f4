/// Finds and mends bytes that are no UTF-8, so that every output can take every line.
enum UTF8Repair {
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Whether all bytes are well-formed UTF-8 (Unicode 15, table 3-7).
    static func isValid(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var at = 0
        while at < count {
            if at &+ 8 <= count, Bytes.load64(p + at) & 0x8080_8080_8080_8080 == 0 {
                at &+= 8
                continue
            }
            let length = sequence(p + at, count &- at)
            if length == 0 { return false }
            at &+= length
        }
        return true
    }

    /// Writes the line with each maximal ill-formed part as U+FFFD.
    static func repair(_ p: UnsafePointer<UInt8>, _ count: Int, into out: inout Arena) {
        out.removeAll()
        out.reserve(count * 3 + Arena.slack)
        var at = 0
        while at < count {
            let length = sequence(p + at, count - at)
            if length > 0 {
                for offset in 0..<length { out.put(p[at + offset]) }
                at += length
            } else {
                out.append(replacement)
                at += 1
                while at < count, p[at] & 0xC0 == 0x80 { at += 1 }
            }
        }
        out.put(0x0A)
        out.truncate(to: out.count - 1)
    }

    /// The length of the well-formed character at `p`; 0 when there is none.
    @inline(__always) private static func sequence(_ p: UnsafePointer<UInt8>, _ left: Int) -> Int {
        let lead = p[0]
        if lead < 0x80 { return 1 }
        if lead < 0xC2 || lead > 0xF4 { return 0 }
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard left >= length, p[1] & 0xC0 == 0x80 else { return 0 }
        if length == 2 { return 2 }
        let isBad: Bool =
            switch lead {
            case 0xE0: p[1] < 0xA0
            case 0xED: p[1] > 0x9F
            case 0xF0: p[1] < 0x90
            case 0xF4: p[1] > 0x8F
            default: false
            }
        if isBad || p[2] & 0xC0 != 0x80 { return 0 }
        return length == 3 || p[3] & 0xC0 == 0x80 ? length : 0
    }
}
