/// Files that are served as they are, known by the ending of their name.
enum StaticFile {
    private static let endings: [StaticString] = [
        "js", "mjs", "css", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "avif", "bmp", "woff", "woff2",
        "ttf", "otf", "eot", "mp3", "mp4", "webm", "ogg", "wav", "pdf", "zip", "gz", "tgz", "wasm", "webmanifest",
    ]

    /// Whether a path's last segment names such a file.
    static func isName(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var dot = count - 1
        while dot >= 0, count - dot <= 12, text[dot] != 0x2E { dot -= 1 }
        guard dot >= 0, text[dot] == 0x2E, dot < count - 1 else { return false }
        for ending in endings where ASCII.equal(text + dot + 1, count - dot - 1, ignoringCase: ending) { return true }
        return false
    }
}
