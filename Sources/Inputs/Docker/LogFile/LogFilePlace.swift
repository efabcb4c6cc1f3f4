/// Where one stream of a container has been read to in the engine's own log files.
///
/// Kept beside the stream's position, as `1 DEVICE INODE LENGTH HASH OFFSET TIME ORDINAL LINE`, numbers in base 36. It
/// counts only together with the very last line of that position: when the container was read through the engine
/// meanwhile, the position has gone on without it.
package struct LogFilePlace: Sendable, Equatable {
    package var number: FileNumber
    /// What the file begins with: an inode may be used again.
    package var fingerprint: FileFingerprint
    /// Every message of the stream that begins before this has been read.
    package var offset: UInt64

    /// Makes a place.
    package init(number: FileNumber, fingerprint: FileFingerprint, offset: UInt64) {
        self.number = number
        self.fingerprint = fingerprint
        self.offset = offset
    }

    /// The key that a stream's place is kept under.
    package static func key(_ id: String, _ stream: String) -> String { ContainerLog.key(id, stream) + ".file" }

    /// The place as text, together with the last line of its stream.
    package func text(after last: LineFingerprint?) -> String {
        let numbers = [
            number.device, number.inode, UInt64(fingerprint.length), fingerprint.hash, offset,
            UInt64(bitPattern: last?.time ?? 0), last?.ordinal ?? 0, last?.hash ?? 0,
        ]
        return "1 " + numbers.map { String($0, radix: 36) }.joined(separator: " ")
    }

    /// Reads a place; nil when this text is none, or belongs behind another line.
    package init?(_ text: String, after last: LineFingerprint?) {
        let words = text.split(separator: " ")
        guard words.count == 9, words[0] == "1" else { return nil }
        let numbers = words.dropFirst().compactMap { UInt64($0, radix: 36) }
        guard numbers.count == 8, numbers[2] <= UInt64(FileFingerprint.maxLength),
            numbers[5] == UInt64(bitPattern: last?.time ?? 0), numbers[6] == last?.ordinal ?? 0,
            numbers[7] == last?.hash ?? 0
        else { return nil }
        self.init(
            number: FileNumber(device: numbers[0], inode: numbers[1]),
            fingerprint: FileFingerprint(length: Int(numbers[2]), hash: numbers[3]),
            offset: numbers[4]
        )
    }
}
