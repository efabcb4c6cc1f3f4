/// What files hold between turns: lines whose last part has not come. Bounded for all of them together.
extension FileReader {
    /// Bytes of such lines.
    static let partBytesMax = 2 << 20

    /// Where the first line begins whose last part has not come.
    func firstPart(of file: FollowedFile) -> UInt64? { file.lanes.compactMap(\.joiner.open?.start).min() }

    /// Counts what a file holds now.
    func countParts(of file: FollowedFile) {
        let bytes = file.lanes.reduce(0) { $0 + ($1.joiner.open?.bytes.count ?? 0) }
        partBytes += bytes - file.partBytes
        file.partBytes = bytes
    }

    /// The file is nobody's business any more.
    func forgetParts(of file: FollowedFile) {
        partBytes -= file.partBytes
        file.partBytes = 0
    }

    /// Forgets the lines that have begun: they are read again, and of their file's other stream only what is new.
    func rewind(_ file: FollowedFile) {
        guard let first = firstPart(of: file) else { return }
        for lane in file.lanes {
            lane.resume = max(lane.resume, lane.joiner.open?.start ?? file.consumed)
            lane.joiner.clear()
        }
        (file.consumed, file.scanned, file.isRewound) = (first, 0, true)
        countParts(of: file)
    }

    /// Reads what was forgotten once more, and keeps it: nothing will come behind it.
    ///
    /// False: shutting down.
    func readAgain(_ file: FollowedFile) -> Bool {
        guard file.isRewound else { return true }
        file.isRewound = false
        while true {
            switch read(file) {
            case .more: continue
            case .drained, .failed: return true
            case .refused: return false
            }
        }
    }
}
