extension Substring {
    /// Where `needle` first stands, compared byte by byte; nil for an empty one.
    func firstRange(of needle: String) -> Range<Index>? {
        let wanted = Array(needle.utf8)
        guard let first = wanted.first else { return nil }
        var start = utf8.startIndex
        while let candidate = utf8[start...].firstIndex(of: first) {
            if utf8[candidate...].starts(with: wanted) {
                return candidate..<utf8.index(candidate, offsetBy: wanted.count)
            }
            start = utf8.index(after: candidate)
        }
        return nil
    }

    /// Whether `needle` stands in it, compared byte by byte.
    func holds(_ needle: String) -> Bool {
        firstRange(of: needle) != nil
    }
}
