#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Reads the log of one container from the files of the json-file driver, across rotations.
///
/// What comes out is what the engine's stream would have brought, message by message: positions and identities of
/// lines are the same, so one may change from one way to the other at any time.
///
/// A class, because it owns an open file. Used by one thread.
final class LogFileReading {
    /// What a turn came to.
    enum Progress: Equatable {
        /// So many bytes have been read, and there may be more.
        case more(Int)
        /// All that is there has been read.
        case idle
        /// The same, and the container has ended.
        case ended
        /// The file cannot be read.
        case failed
    }

    /// A rotation may be found this long after all had been read, and nothing is lost by it.
    private static let rotationMilliseconds: Int64 = 1_000

    let log: ContainerLog
    /// It waits for lines to come.
    let isFollowing: Bool
    /// The container has ended: what is there is all there will be.
    var isEnding: Bool
    /// Messages that were lost, and places that cannot be read, since this was last asked.
    private var gaps: [String] = []

    private let chain: LogFileChain
    private var file: LogFile
    private var fingerprint = FileFingerprint.empty
    /// Where the first line stands that has not been worked off.
    private var offset: UInt64 = 0
    private var isSkippingLine = false
    /// Lines before the first of this time or later are not wanted.
    private var since: Int64?
    /// Messages of a stream before this have been read in an earlier run.
    private var resume: [LogFilePlace?] = [nil, nil]
    /// Where a line begins whose end has not come.
    private var openStart: [LogFilePlace?] = [nil, nil]
    private var frame = DockerFrame()
    private var sawRotation = false
    private var allReadAt: Int64
    private let before: [LineFingerprint?]

    /// Opens the log where its places or else its positions say; nil when its files cannot be read.
    init?(_ log: ContainerLog, isFollowing: Bool, now: (wall: Int64, monotonic: Int64)) {
        self.log = log
        self.isFollowing = isFollowing
        isEnding = !isFollowing
        chain = LogFileChain(path: log.details.logPath)
        before = log.lastLines
        allReadAt = now.monotonic
        if let places = log.places, let found = Self.find(places, chain) {
            file = found.file
            offset = found.offset
            resume = places
            log.continued()
        } else {
            guard let oldest = chain.oldestAge, let file = chain.open(age: oldest) else { return nil }
            self.file = file
            let since = log.since(now: now.wall)
            self.since = since
            log.connected(since: since)
        }
        fingerprint = file.fingerprint
    }

    /// Whether it brought lines that were not known.
    var hadLines: Bool { log.lastLines != before }

    /// The reasons of gaps since this was last asked.
    func takeGaps() -> [String] {
        defer { gaps = [] }
        return gaps
    }

    /// Tells the log where each stream has been read to: covers no more than what has been appended.
    func notePlaces() {
        let consumed = place(offset)
        log.places = (0..<2).map { openStart[$0] ?? resume[$0] ?? consumed }
    }

    /// All has been read of a container that has ended.
    func finish(now: Int64) {
        log.endLines(now: now)
        // Only now is a line appended that had no end.
        if !log.details.isRunning { openStart = [nil, nil] }
        notePlaces()
        log.settle()
    }

    /// Reads once.
    func turn(into buffer: UnsafeMutableBufferPointer<UInt8>, now: (wall: Int64, monotonic: Int64)) -> Progress {
        guard let count = file.read(at: offset, into: buffer) else { return .failed }
        if fingerprint.length < FileFingerprint.maxLength { fingerprint = file.fingerprint }
        let taken = takeLines(UnsafeBufferPointer(rebasing: buffer.prefix(count)), now: now.wall)
        if taken > 0 {
            sawRotation = false
            return .more(taken)
        }
        guard count < buffer.count else { return skipLongLine(count) }
        return endOfFile(isTorn: count > 0, now: now.monotonic)
    }

    // MARK: - Lines

    /// Works off the whole lines; the number of their bytes.
    private func takeLines(_ bytes: UnsafeBufferPointer<UInt8>, now: Int64) -> Int {
        var taken = 0
        while taken < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + taken, 0x0A, bytes.count - taken)
        {
            let length = UnsafeRawPointer(found) - UnsafeRawPointer(base + taken)
            let line = UnsafeBufferPointer(start: base + taken, count: length)
            if isSkippingLine { isSkippingLine = false } else { take(line, now: now) }
            taken += length + 1
            offset += UInt64(length + 1)
        }
        return taken
    }

    private func take(_ line: UnsafeBufferPointer<UInt8>, now: Int64) {
        guard let message = decode(line) else { return }
        let time = message.time ?? now
        if let since {
            guard time >= since else { return }
            self.since = nil
        }
        let stream = message.isError && !log.details.hasTerminal ? 1 : 0
        guard !isKnown(stream) else { return }
        if openStart[stream] != nil, log.streams[stream].interrupt(by: time) { openStart[stream] = nil }
        let start = openStart[stream] ?? place(offset)
        log.take(message.text, time: time, endsLine: !message.isPartial, stream: stream)
        openStart[stream] = log.streams[stream].openTime == nil ? nil : start
    }

    /// A message that was read in an earlier run of this stream.
    private func isKnown(_ stream: Int) -> Bool {
        guard let place = resume[stream] else { return false }
        if file.number != place.number || offset < place.offset { return true }
        resume[stream] = nil
        return false
    }

    /// A line that is torn or begins with zeros, as a power failure leaves it, may end in a whole message.
    private func decode(_ line: UnsafeBufferPointer<UInt8>) -> FramedLine? {
        if let message = frame.decode(line) { return message }
        guard !line.isEmpty else { return nil }
        gaps.append("unreadable")
        let head = Array("{\"log\":".utf8)
        var at = line.count - head.count
        while at > 0 {
            if line[at] == head[0], line[at..<(at + head.count)].elementsEqual(head) {
                return frame.decode(UnsafeBufferPointer(rebasing: line[at...]))
            }
            at -= 1
        }
        return nil
    }

    /// The driver writes no such lines.
    private func skipLongLine(_ count: Int) -> Progress {
        if !isSkippingLine { gaps.append("unreadable") }
        isSkippingLine = true
        offset += UInt64(count)
        return .more(count)
    }

    // MARK: - Files

    /// Nothing whole is left: the file has been rotated, or truncated, or there is nothing new.
    private func endOfFile(isTorn: Bool, now: Int64) -> Progress {
        if let size = file.size, size < offset {
            if now - allReadAt > Self.rotationMilliseconds { gaps.append("truncated") }
            restart(file)
            return .more(0)
        }
        guard let current = chain.current, current != file.number else {
            if !isTorn { allReadAt = now }
            return isEnding ? .ended : .idle
        }
        guard sawRotation else {
            // The last line may have been written after the read and before the rename.
            sawRotation = true
            return .more(0)
        }
        return advance(now: now)
    }

    private func advance(now: Int64) -> Progress {
        let age = chain.age(of: file.number)
        guard let next = age.map({ $0 - 1 }) ?? chain.oldestAge, next >= 0, let file = chain.open(age: next) else {
            return .idle
        }
        if age == nil, now - allReadAt > Self.rotationMilliseconds { gaps.append("rotated") }
        let finished = self.file.number
        for stream in 0..<2 {
            guard let place = resume[stream] else { continue }
            if place.number == finished || chain.age(of: place.number) == nil { resume[stream] = nil }
        }
        restart(file)
        return .more(0)
    }

    private func restart(_ file: LogFile) {
        self.file = file
        fingerprint = file.fingerprint
        offset = 0
        sawRotation = false
        isSkippingLine = false
    }

    private func place(_ offset: UInt64) -> LogFilePlace {
        LogFilePlace(number: file.number, fingerprint: fingerprint, offset: offset)
    }

    /// The older of two places, if the files of both are still there.
    private static func find(_ places: [LogFilePlace?], _ chain: LogFileChain) -> (file: LogFile, offset: UInt64)? {
        var found: (file: LogFile, age: Int, offset: UInt64)?
        for place in places {
            guard let place, let age = chain.age(of: place.number), let file = chain.open(age: age), file.holds(place)
            else { return nil }
            if let known = found, known.age > age || known.age == age && known.offset <= place.offset { continue }
            found = (file, age, place.offset)
        }
        return found.map { ($0.file, $0.offset) }
    }
}
