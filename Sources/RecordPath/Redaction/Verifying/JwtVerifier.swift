/// JSON Web Tokens, signed or encrypted, whole or cut off.
enum JwtVerifier {
    /// Headers are no longer than this.
    static let headerLimit = 8192

    /// The token that begins with `eyJ` or `ewo` at an offset: a header of 17 characters or more, a dot, and what
    /// follows of base64url and dots.
    static func match(_ text: Text, at start: Int) -> Range<Int>? {
        let headerEnd = text.end(of: .urlSafe, from: start, limit: start + headerLimit)
        guard headerEnd - start >= 17, text[headerEnd] == 0x2E else { return nil }
        var end = headerEnd
        var dots = 0
        while dots < 4, text[end] == 0x2E {
            let partEnd = text.end(of: .urlSafe, from: end + 1)
            if partEnd == end + 1, text[partEnd] != 0x2E { break }
            dots += 1
            end = partEnd
        }
        guard dots >= 1, end - headerEnd >= 9 else { return nil }
        return start..<end
    }
}
