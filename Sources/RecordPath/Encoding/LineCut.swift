/// Cuts a redacted line that is longer than an output takes, at a character boundary, and marks it.
enum LineCut {
    private static let jsonHead = Array("{\"martlet.truncated\":true,\"message\":\"".utf8)
    private static let jsonTail = Array("\"}".utf8)
    private static let textTail = Array(" [martlet.truncated]".utf8)

    /// Writes at most `limit` bytes: a JSON line becomes `{"martlet.truncated":true,"message":"…"}` with the
    /// beginning of the line as text, any other line its beginning and ` [martlet.truncated]`.
    static func cut(_ record: Record, to limit: Int, into out: inout Arena) {
        out.removeAll()
        // A line that was too long to be read whole is no JSON any more, but it was.
        let wasJSON = record.isCut && record.line.count > 0 && record.line.base[0] == UInt8(ascii: "{")
        if record.format == .json || wasJSON {
            cutJSON(record, limit, &out)
        } else {
            let count = boundary(record.line.base, record.line.count, limit - textTail.count)
            out.put(record.line.base, count)
            out.append(textTail)
        }
    }

    private static func cutJSON(_ record: Record, _ limit: Int, _ out: inout Arena) {
        out.append(jsonHead)
        let room = limit - jsonHead.count - jsonTail.count
        var count = min(record.line.count, room)
        let start = out.count
        while true {
            count = boundary(record.line.base, record.line.count, count)
            out.putEscaped(record.line.base, count)
            let length = out.count - start
            if length <= room { break }
            out.truncate(to: start)
            // Escapes made it longer: take away at least what is too much, counted at one byte each at the worst.
            count -= max((length - room) / 6, 1)
        }
        out.append(jsonTail)
    }

    /// The largest length up to `limit` that ends between two characters.
    static func boundary(_ p: UnsafePointer<UInt8>, _ count: Int, _ limit: Int) -> Int {
        guard limit < count else { return count }
        var end = limit
        while end > 0, p[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}
