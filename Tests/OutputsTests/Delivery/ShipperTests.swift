import Outputs
import Settings
import Synchronization
import TestSupport
import Testing

@Suite struct ShipperTests {
    private let time = TestTime()
    private let observer = RecordingObserver()

    private func batch(_ number: UInt8, records: Int = 10) -> SealedBatch {
        SealedBatch(body: [number], headers: [], records: records, rawBytes: 1, oldest: time.now - 2_000_000_000)
    }

    /// Ships some batches to their end; gives the sequences in the order of their acknowledgements.
    private func ship(
        _ batches: [SealedBatch],
        to output: ScriptedOutput,
        mayBeStored: Bool = false,
        concurrency: Int = 1
    ) async -> [UInt64] {
        let acknowledged = Acknowledged()
        let lane = MemoryLane(bytesMax: 1000) { sequence, _ in acknowledged.add(sequence) }
        for batch in batches { #expect(await lane.offer(batch, mayBeStored: mayBeStored)) }
        lane.close()
        let shipper = Shipper(
            output: output,
            lane: lane,
            observer: observer,
            options: DeliveryOptions(),
            surroundings: time.surroundings(),
            concurrency: concurrency
        )
        await shipper.run()
        #expect(lane.bytes == 0)
        return acknowledged.sequences
    }

    @Test func `batches go one after the other and are acknowledged`() async {
        let output = ScriptedOutput([])
        #expect(await ship([batch(1), batch(2), batch(3)], to: output) == [1, 2, 3])
        #expect(output.calls == ["send 1", "send 2", "send 3"])
        #expect(observer.account.delivered == 30)
        #expect(observer.account.states == [.up, .up, .up])
    }

    @Test func `what can still succeed is tried until it does, and nothing overtakes it`() async {
        let output = ScriptedOutput(Array(repeating: .retry(reason: "busy", after: nil), count: 40))
        #expect(await ship([batch(1), batch(2)], to: output) == [1, 2])
        #expect(output.calls == Array(repeating: "send 1", count: 41) + ["send 2"])
        #expect(observer.account.delivered == 20)
        #expect(time.sleeps.max().map { $0 <= .seconds(30) } == true)
    }

    @Test func `five failures open the breaker, and a success closes it`() async {
        let output = ScriptedOutput(Array(repeating: .retry(reason: "busy", after: nil), count: 6))
        _ = await ship([batch(1)], to: output)
        let open = observer.account.states.map { state in
            if case .retrying(_, _, let isOpen) = state { isOpen } else { false }
        }
        #expect(open == [false, false, false, false, true, true, false])
        // Two tries behind an open breaker take at least two probes.
        #expect(time.sleeps.reduce(.zero, +) >= .seconds(20))
    }

    @Test func `an uncertain batch is looked for, and not sent again when it is there`() async {
        let output = ScriptedOutput([.uncertain(reason: "timed out")], readbacks: [.stored])
        #expect(await ship([batch(1)], to: output) == [1])
        #expect(output.calls == ["send 1", "ask 1"])
        #expect(observer.account.delivered == 10)
        #expect(observer.account.uncertain == 0)
    }

    @Test func `of an uncertain batch only what is missing is sent`() async {
        let rest = batch(9, records: 3)
        let output = ScriptedOutput([.uncertain(reason: "reset")], readbacks: [.missing(rest)])
        _ = await ship([batch(1)], to: output)
        #expect(output.calls == ["send 1", "ask 1", "resend 9"])
        #expect(observer.account.delivered == 10)
        #expect(observer.account.uncertain == 0)
    }

    @Test func `without an answer the same bytes go again, and that is counted`() async {
        let output = ScriptedOutput([.uncertain(reason: "reset"), .retry(reason: "refused", after: nil)])
        _ = await ship([batch(1)], to: output)
        #expect(output.calls == ["send 1", "ask 1", "resend 1", "ask 1", "resend 1"])
        #expect(observer.account.delivered == 10)
        #expect(observer.account.uncertain == 10)
    }

    @Test func `a batch that was on its way when the agent ended is looked for first`() async {
        let output = ScriptedOutput([], readbacks: [.stored])
        _ = await ship([batch(1)], to: output, mayBeStored: true)
        #expect(output.calls == ["ask 1"])
    }

    @Test func `records that are refused are counted by reason, the others delivered`() async {
        let rejected = [Outcome.Rejection(reason: "too_old", records: 3), .init(reason: "other", records: 1)]
        _ = await ship([batch(1)], to: ScriptedOutput([.partly(rejected: rejected)]))
        #expect(observer.account.delivered == 6)
        #expect(observer.account.rejected == ["too_old": 3, "other": 1])
    }

    @Test func `an answer that refuses more records than there are does not break the account`() async {
        _ = await ship([batch(1)], to: ScriptedOutput([.partly(rejected: [.init(reason: "other", records: .max)])]))
        #expect(observer.account.delivered == 0)
        #expect(observer.account.rejected == ["other": 10])
    }

    @Test func `a batch that is too large goes in parts, down to what fits`() async {
        let output = ScriptedOutput([.tooLarge, .tooLarge]) { batch in
            let half = batch.records / 2
            let first = SealedBatch(body: batch.body + [0], headers: [], records: half, rawBytes: 0, oldest: 0)
            let second = SealedBatch(
                body: batch.body + [1],
                headers: [],
                records: batch.records - half,
                rawBytes: 0,
                oldest: 0
            )
            return [first, second]
        }
        #expect(await ship([batch(1)], to: output) == [1])
        #expect(output.calls.count == 5)
        #expect(observer.account.delivered == 10)
    }

    @Test func `a batch that cannot be divided and is refused becomes a dead letter`() async {
        _ = await ship([batch(1, records: 1), batch(2)], to: ScriptedOutput([.tooLarge, .rejected(reason: "bad")]))
        #expect(observer.account.rejected == ["too_large": 1, "bad": 10])
        #expect(observer.account.deadLetters.map(\.body) == [[1], [2]])
    }

    @Test func `parts that would lose records are not sent`() async {
        let output = ScriptedOutput([.tooLarge]) { [batch(8, records: 1), batch(9, records: $0.records - 2)] }
        _ = await ship([batch(1)], to: output)
        #expect(output.calls == ["send 1"])
        #expect(observer.account.rejected == ["too_large": 10])
    }

    @Test func `divided records go their ways and only the rest is sent again`() async {
        var division = Outcome.Division()
        division.rejected = [.init(reason: "mapping", records: 2)]
        division.deadLetters = batch(7, records: 2)
        division.remaining = batch(9, records: 3)
        division.reason = "busy"
        let output = ScriptedOutput([.divided(division)])
        _ = await ship([batch(1)], to: output)
        #expect(output.calls == ["send 1", "send 9"])
        #expect(observer.account.delivered == 8)
        #expect(observer.account.rejected == ["mapping": 2])
        #expect(observer.account.deadLetters.map(\.body) == [[7]])
    }

    @Test func `a held output is tried slowly, and says why`() async {
        let output = ScriptedOutput([.hold(reason: "forbidden (403)"), .hold(reason: "forbidden (403)")])
        _ = await ship([batch(1)], to: output)
        #expect(time.sleeps.filter { $0 >= .seconds(15) }.count == 2)
        let isHeld = observer.account.states.prefix(2).allSatisfy { state in
            if case .held("forbidden (403)", _, _) = state { true } else { false }
        }
        #expect(isHeld)
        #expect(observer.account.delivered == 10)
    }

    @Test func `several at once all come to their end`() async {
        let batches = (1...50).map { batch(UInt8($0)) }
        let outcomes = (0..<60).map { $0 % 3 == 0 ? Outcome.retry(reason: "busy", after: nil) : .delivered }
        let sequences = await ship(batches, to: ScriptedOutput(outcomes), concurrency: 4)
        #expect(sequences.sorted() == Array(1...50))
        #expect(observer.account.delivered == 500)
    }

    @Test func `draining waits for what is shipped, and gives up at the deadline`() async {
        let lane = MemoryLane(bytesMax: 1000)
        _ = await lane.offer(batch(1))
        _ = await lane.offer(batch(2))
        lane.close()
        let output = ScriptedOutput([.delivered, .uncertain(reason: "timed out")])
        // The second batch waits for its retry until the task is cancelled.
        let waiting = Doorbell()
        var surroundings = time.surroundings()
        surroundings.sleep = { _ in
            waiting.ring()
            while !Task.isCancelled { await Task.yield() }
        }
        let shipper = Shipper(
            output: output,
            lane: lane,
            observer: observer,
            options: DeliveryOptions(),
            surroundings: surroundings
        )
        let isEmpty = await RunningShipper(shipper).drain { await waiting.wait(past: 0) }
        #expect(!isEmpty)
        #expect(lane.batches == [QueuedBatch(sequence: 2, batch: batch(2), mayBeStored: true)])
        #expect(observer.account.delivered == 10)
    }

    @Test func `draining an empty lane is done at once`() async {
        let lane = MemoryLane(bytesMax: 1000)
        lane.close()
        let shipper = Shipper(
            output: ScriptedOutput([]),
            lane: lane,
            observer: observer,
            options: DeliveryOptions(),
            surroundings: time.surroundings()
        )
        let never = Doorbell()
        #expect(await RunningShipper(shipper).drain { await never.wait(past: 0) })
    }
}

/// Sequences in the order they were acknowledged.
private final class Acknowledged: Sendable {
    private let state = Mutex<[UInt64]>([])
    var sequences: [UInt64] { state.withLock(\.self) }
    func add(_ sequence: UInt64) { state.withLock { $0.append(sequence) } }
}
