extension DockerSession {
    /// Lines that have begun and not ended may take so much, of all containers together.
    private static let partBytesMax = 2 << 20

    /// Which of the containers that have something to read are read now: all of them, unless lines that have begun
    /// take too much memory.
    ///
    /// Then the line that is furthest comes first, alone. Where that does not help, because its container writes
    /// nothing, the connection of the one that holds most is closed: its line is read again from its beginning.
    func inTurn(_ ids: [String]) -> [String] {
        let held = logs.values.reduce(0) { $0 + $1.heldBytes }
        guard held > Self.partBytesMax else { return ids }
        let isLess = { (one: String, other: String) in
            self.logs[one]?.heldBytes ?? 0 < self.logs[other]?.heldBytes ?? 0
        }
        let furthest = ids.max(by: isLess)
        if held > 2 * Self.partBytesMax, let most = logs.keys.max(by: isLess), most != furthest { end(most, .broken) }
        return furthest.map { [$0] } ?? []
    }
}
