extension Redactor {
    /// Gives back what lines took whose decoded forms were longer than `count`.
    mutating func shrink(to count: Int) {
        for level in 0..<Self.maxDepth { views[level].shrink(to: count) }
        scanner.shrink(to: count)
        stringScanner.shrink(to: count)
        previous.removeAll()
        previous.shrink(to: count)
        findings.shrink(to: count / 16)
    }
}
