import Spool
import Testing

@Suite struct SpoolTests {
    private static let surroundings = SpoolSurroundings(now: { 0 }, random: { 5 }, logBytes: 4_000)

    private static func batch(_ number: Int, bytes: Int = 100, records: UInt32 = 2) -> StoredBatch {
        StoredBatch(
            records: records,
            head: [UInt8(truncatingIfNeeded: number)],
            body: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: bytes)
        )
    }

    @Test("The processor's sums are those of the tables")
    func sums() {
        var random = SeededRandom(seed: 3)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            var (fast, plain) = (CRC32C(salt: UInt64(length)), CRC32C(salt: UInt64(length)))
            bytes.withUnsafeBytes { fast.add($0) }
            bytes.withUnsafeBytes { plain.addByTables($0) }
            #expect(fast.value == plain.value)
        }
    }

    @Test func checksumIsCastagnolis() {
        var crc = CRC32C()
        Array("123456789".utf8).withUnsafeBytes { crc.add($0) }
        #expect(crc.value == 0xE306_9283)
        var salted = CRC32C(salt: 1)
        Array("123456789".utf8).withUnsafeBytes { salted.add($0) }
        #expect(salted.value != crc.value)
    }

    @Test func everythingCommittedIsThereWhenItIsOpenedAgain() throws {
        let files = SimulatedFiles(seed: 1)
        let lanes = [LaneOptions(name: "loki", quotaBytes: 1 << 20)]
        do {
            var spool = try Spool(files, lanes: lanes, surroundings: Self.surroundings)
            #expect(spool.recovery.isNew)
            var change = Spool.Change()
            change.batches = [(0, Self.batch(1)), (0, Self.batch(2))]
            change.positions = [("a", "1"), ("b", "2"), ("a", nil)]
            change.counters = [.init("read", [4, 1])]
            change.leases = [(0, 2)]
            #expect(spool.commit(change) == .durable)
            change = Spool.Change()
            change.settlements = [Settlement(lane: 0, first: 1, records: 2)]
            change.counters = [.init("read", [1])]
            #expect(spool.commit(change) == .durable)
        }
        files.crash()
        let spool = try Spool(files, lanes: lanes, surroundings: Self.surroundings)
        #expect(!spool.recovery.isNew)
        #expect(spool.state.positions == ["b": "2"])
        #expect(spool.state.values("read") == [5, 1])
        #expect(spool.state(0).lease == 2)
        #expect(spool.state(0).recordsWaiting == 2)
        var reader = LaneReader(files, from: spool.state(0))
        var second = Self.batch(2)
        second.sequence = 2
        #expect(reader.read(spool.view(0)) == .batch(second))
        #expect(reader.read(spool.view(0)) == .end)
    }

    @Test func waitingLaneHasNoRoomBeyondItsQuotaUntilBatchesAreSettled() throws {
        let files = SimulatedFiles(seed: 1)
        let lanes = [LaneOptions(name: "loki", quotaBytes: 1_000, segmentBytes: 300)]
        var spool = try Spool(files, lanes: lanes, surroundings: Self.surroundings)
        var appended: UInt64 = 0
        while spool.hasRoom(0, for: Self.batch(1).storedBytes) {
            var change = Spool.Change()
            change.batches = [(0, Self.batch(1))]
            #expect(spool.commit(change) == .durable)
            appended += 1
        }
        #expect(spool.view(0).bytes <= 1_000)
        #expect(appended > 2)
        var change = Spool.Change()
        change.settlements = (1...appended).map { Settlement(lane: 0, first: $0, records: 2) }
        #expect(spool.commit(change) == .durable)
        let hasRoom = spool.hasRoom(0, for: 100)
        #expect(hasRoom)
        #expect(spool.view(0).bytes < 1_000)
    }

    @Test func laneThatDropsLosesItsOldestSegmentsAndCountsTheirRecords() throws {
        let files = SimulatedFiles(seed: 1)
        let lanes = [LaneOptions(name: "loki", quotaBytes: 2_000, whenFull: .dropOldest, segmentBytes: 300)]
        var spool = try Spool(files, lanes: lanes, surroundings: Self.surroundings)
        var dropped: UInt64 = 0
        for number in 1...40 {
            var change = Spool.Change()
            var state = spool.state(0)
            // The third one was delivered out of order, so that it is not dropped.
            if number == 5 {
                let delivered = Settlement(lane: 0, first: 3, records: 2)
                change.settlements.append(delivered)
                state.settle(delivered)
            }
            if let excess = spool.excess(0, for: Self.batch(number).storedBytes, state) {
                change.settlements.append(excess.settlement)
                dropped += excess.records
            }
            change.batches = [(0, Self.batch(number))]
            #expect(spool.commit(change) == .durable)
            #expect(spool.view(0).bytes <= 2_000)
        }
        let state = spool.state(0)
        #expect(state.recordsAppended == 80)
        #expect(dropped + 2 + state.recordsWaiting == 80)
        #expect(dropped > 40)
    }

    @Test func fullFileSystemFailsTheCommitAndLaterTakesIt() throws {
        let files = SimulatedFiles(seed: 1)
        let lanes = [LaneOptions(name: "loki", quotaBytes: 1 << 20)]
        var spool = try Spool(files, lanes: lanes, surroundings: Self.surroundings)
        files.capacity = files.contents.values.reduce(0) { $0 + $1.count } + 500
        let hasRoom = spool.hasRoom(0, for: 490)
        #expect(!hasRoom)
        var change = Spool.Change()
        change.batches = [(0, Self.batch(1, bytes: 2_000))]
        guard case .failed = spool.commit(change) else {
            Issue.record("fits")
            return
        }
        // Acknowledgements need no space: the log has its blocks.
        var small = Spool.Change()
        small.positions = [("a", "1")]
        #expect(spool.commit(small) == .durable)
        files.capacity = .max
        #expect(spool.commit(change) == .durable)
        #expect(spool.state(0).recordsWaiting == 2)
    }

    @Test func commitWhoseSyncFailedHoldsOnceItIsConfirmed() throws {
        let files = SimulatedFiles(seed: 1)
        let lanes = [LaneOptions(name: "loki", quotaBytes: 1 << 20)]
        var spool = try Spool(files, lanes: lanes, surroundings: Self.surroundings)
        var change = Spool.Change()
        change.positions = [("a", "1")]
        files.failsOnce = 1
        guard case .unconfirmed = spool.commit(change) else {
            Issue.record("a failed sync was taken for a good one")
            return
        }
        files.failsOnce = nil
        try spool.confirm()
        files.crash()
        let again = try Spool(files, lanes: lanes, surroundings: Self.surroundings)
        #expect(again.state.positions == ["a": "1"])
    }

    @Test func logIsLeftForTheOtherSlotBeforeItGrowsWithoutBound() throws {
        let files = SimulatedFiles(seed: 1)
        var spool = try Spool(files, lanes: [], surroundings: Self.surroundings)
        for number in 0..<2_000 {
            var change = Spool.Change()
            change.positions = [("key-\(number % 3)", "\(number)")]
            change.counters = [.init("count", [1])]
            #expect(spool.commit(change) == .durable)
        }
        #expect(files.contents.values.allSatisfy { $0.count <= 6_000 })
        files.crash()
        let again = try Spool(files, lanes: [], surroundings: Self.surroundings)
        #expect(again.state.values("count") == [2_000])
    }

    @Test func numbersOfEveryLengthAreReadAsWritten() throws {
        var writer = ByteWriter()
        let numbers: [UInt64] = [0, 1, 127, 128, 16_383, 16_384, 1 << 32, .max - 1, .max]
        for number in numbers { writer.varint(number) }
        for number in [Int64.min, -1, 0, 1, .max] { writer.signed(number) }
        writer.text("größer")
        var reader = ByteReader(writer.bytes[...])
        for number in numbers { #expect(try reader.varint() == number) }
        for number in [Int64.min, -1, 0, 1, .max] { #expect(try reader.signed() == number) }
        #expect(try reader.text() == "größer")
        #expect(reader.isAtEnd)
    }

    @Test func numbersThatAreTooLongAreDamage() {
        for bytes in [
            [UInt8](repeating: 0xFF, count: 10), [0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2],
        ] {
            var reader = ByteReader(bytes[...])
            #expect(throws: ByteReader.Damage.self) { try reader.varint() }
        }
        var text = ByteReader([5, 65, 66][...])
        #expect(throws: ByteReader.Damage.self) { try text.text() }
    }
}
