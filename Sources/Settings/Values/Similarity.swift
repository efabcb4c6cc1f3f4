/// Finds the word that somebody probably meant.
package enum Similarity {
    /// Bytes beyond which a word is not compared: the cost is the product of both lengths.
    private static let longest = 64

    /// The candidate nearest to the word, where it is near enough to be a slip of the hand.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        var best: (word: String, distance: Int)?
        for candidate in candidates where candidate != word {
            let allowed = max(1, min(3, max(word.utf8.count, candidate.utf8.count) / 3))
            guard let distance = distance(folded(word), folded(candidate)), distance <= allowed else { continue }
            if distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make one word of the other.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int? {
        guard left.count <= longest, right.count <= longest else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let cost = left[row] == right[column] ? 0 : 1
                var least = min(last[column + 1] + 1, current[column] + 1, last[column] + cost)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }

    /// Lower case, and `-` like `_`: `Data-Dir` is `data_dir`.
    private static func folded(_ word: String) -> [UInt8] {
        word.lowercased().utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
    }
}
