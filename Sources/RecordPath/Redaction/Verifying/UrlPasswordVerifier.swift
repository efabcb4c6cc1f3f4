/// Passwords in URLs: `scheme://[user]:password@host`.
enum UrlPasswordVerifier {
    /// The password before the `@` at an offset, given where the last `://` before it ends.
    static func match(_ text: Text, at: Int, authority: Int) -> Range<Int>? {
        guard at - authority <= 512, let colon = text.first(0x3A, from: authority, limit: at) else { return nil }
        let start = colon + 1
        guard start < at, isUserInfo(text, authority, colon, at) else { return nil }
        let end = lastAt(text, at)
        guard !isPlaceholder(text, start, end) else { return nil }
        return start..<end
    }

    /// No blank or quote before the `@`; a slash only where no port can be meant.
    private static func isUserInfo(_ text: Text, _ authority: Int, _ colon: Int, _ at: Int) -> Bool {
        for i in authority..<at {
            switch text[i] {
            case 0x20, 0x22, 0x27, 0x60, 0x3C, 0x3E, 0x09, 0x0A, 0x0D: return false
            case 0x2F, 0x3F, 0x23: if i < colon || text.end(of: .digits, from: colon + 1) == i { return false }
            default: break
            }
        }
        return true
    }

    /// A password may hold an `@` itself: the last one before the path counts.
    private static func lastAt(_ text: Text, _ at: Int) -> Int {
        var last = at
        var i = at + 1
        while i < min(text.upper, at + 256) {
            switch text[i] {
            case 0x40: last = i
            case 0x2F, 0x3F, 0x23, 0x20, 0x22, 0x27, 0x60, 0x3C, 0x3E, 0x2C, 0x3B, 0x5C, 0x09, 0x0A, 0x0D, 0x29, 0x5D,
                0x7D:
                return last
            default: break
            }
            i += 1
        }
        return last
    }

    private static func isPlaceholder(_ text: Text, _ start: Int, _ end: Int) -> Bool {
        ValueGuard.isPlaceholder(text, start..<end)
    }
}
