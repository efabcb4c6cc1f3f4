extension String {
    /// Where a text first occurs, in bytes.
    func range(of text: String) -> Int? {
        let whole = Array(utf8)
        let part = Array(text.utf8)
        return whole.indices.first { whole[$0...].starts(with: part) }
    }
}
