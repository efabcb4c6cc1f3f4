import Spool
import Testing

/// Media that change what was durable: nothing but what was hit is lost, and that is counted exactly.
@Suite struct DamageTests {
    private static let lanes = [LaneOptions(name: "loki", quotaBytes: 1 << 20, segmentBytes: 600)]
    private static let surroundings = SpoolSurroundings(now: { 0 }, random: { 77 }, logBytes: 2_000)

    private static func open(_ files: SimulatedFiles) throws -> Spool {
        try Spool(files, lanes: lanes, surroundings: surroundings)
    }

    /// Thirty batches of one to seven records in several segments.
    private static func filled(seed: UInt64) throws -> (files: SimulatedFiles, batches: [StoredBatch]) {
        let files = SimulatedFiles(seed: seed)
        var spool = try open(files)
        var batches: [StoredBatch] = []
        for number in 1...30 {
            let body = (0..<(20 + number * 3)).map { UInt8(truncatingIfNeeded: $0 &* number) }
            let batch = StoredBatch(records: UInt32(1 + number % 7), head: [1, 2], body: body)
            var change = Spool.Change()
            change.batches = [(0, batch)]
            change.positions = [("file", "\(number)")]
            change.counters = [.init("read", [UInt64(batch.records)])]
            try #require(spool.commit(change) == .durable)
            batches.append(batch)
            batches[number - 1].sequence = UInt64(number)
        }
        return (files, batches)
    }

    private static func readAll(
        _ spool: borrowing Spool,
        _ files: SimulatedFiles
    ) -> (
        batches: [StoredBatch], lost: UInt64
    ) {
        let view = spool.view(0)
        var reader = LaneReader(files, from: view.state)
        var batches: [StoredBatch] = []
        var lost: UInt64 = 0
        while true {
            switch reader.read(view) {
            case .batch(let batch): batches.append(batch)
            case .damaged(_, _, let records): lost += records
            case .blocked: Issue.record("blocked without a cause")
            case .end: return (batches, lost)
            }
        }
    }

    @Test(arguments: 0..<300)
    func flippedBitInALaneCostsCountedRecordsAndNothingElse(seed: Int) throws {
        let (files, batches) = try Self.filled(seed: UInt64(seed))
        for _ in 0...(seed % 3) { #expect(files.flipBit(in: "lanes/")) }
        let spool = try Self.open(files)
        let (read, lost) = Self.readAll(spool, files)
        #expect(read.allSatisfy { batches.contains($0) })
        #expect(read.reduce(lost) { $0 + UInt64($1.records) } == spool.state(0).recordsWaiting)
        #expect(spool.state.values("read") == [spool.state(0).recordsAppended])
    }

    @Test(arguments: 0..<300)
    func flippedBitInTheLogNeverKeepsTheAgentFromStarting(seed: Int) throws {
        let (files, batches) = try Self.filled(seed: UInt64(seed))
        for _ in 0...(seed % 3) { #expect(files.flipBit(in: "commit-")) }
        let spool = try Self.open(files)
        let (read, lost) = Self.readAll(spool, files)
        #expect(read.allSatisfy { batches.contains($0) })
        #expect(read.reduce(lost) { $0 + UInt64($1.records) } == spool.state(0).recordsWaiting)
    }

    @Test func damagedFrameIsSteppedOverAndCounted() throws {
        let (files, _) = try Self.filled(seed: 1)
        let before = try Self.open(files).state
        var spool = try Self.open(files)
        for number in 1...4 {
            var change = Spool.Change()
            change.positions = [("file-\(number)", "here")]
            #expect(spool.commit(change) == .durable)
        }
        let slots = files.contents.filter { $0.key.hasPrefix("commit-") }
        let place = try #require(
            slots.compactMap { path, bytes in Self.find("file-2", in: bytes).map { (path, $0) } }.first
        )
        files.flip(place.0, at: place.1)
        let after = try Self.open(files)
        #expect(after.recovery.damagedFrames == 1)
        #expect(
            after.state.positions
                == before.positions.merging(
                    ["file-1": "here", "file-3": "here", "file-4": "here"],
                    uniquingKeysWith: { $1 }
                )
        )
    }

    @Test func withoutAnyLogEverythingGoesToTheQuarantineAndTheAgentStarts() throws {
        let (files, _) = try Self.filled(seed: 2)
        for path in ["commit-a", "commit-b"] { files.flip(path, at: 3) }
        let spool = try Self.open(files)
        #expect(spool.recovery.isLost)
        #expect(spool.state(0) == LaneState())
        #expect(files.contents.keys.contains { $0.hasPrefix("quarantine/loki-") })
    }

    @Test func spoolOfANewerVersionIsRefusedAndNotTouched() throws {
        for path in ["commit-b", "lanes/loki/0000000000000001.seg"] {
            let (files, _) = try Self.filled(seed: 3)
            files.setVersion(path, 2)
            let before = files.contents
            #expect(throws: SpoolError.newerVersion(path: path, version: 2)) { _ = try Self.open(files) }
            #expect(files.contents == before)
        }
    }

    private static func find(_ text: String, in bytes: [UInt8]) -> Int? {
        let wanted = Array(text.utf8)
        return (0..<max(0, bytes.count - wanted.count)).first { Array(bytes[$0..<($0 + wanted.count)]) == wanted }
    }
}
