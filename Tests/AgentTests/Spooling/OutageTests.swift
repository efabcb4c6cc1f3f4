import Agent
import Foundation
import Outputs
import Settings
import Spool
import Synchronization
import TestSupport
import Testing

/// An output that is away for six hours while lines keep coming, in simulated time, over a spool on disk.
@Suite struct OutageTests {
    private static let second: Int64 = 1_000_000_000
    private static let outageSeconds: Int64 = 6 * 3600

    /// Clock, spool, writer and output at once: time passes only while the shipper sleeps or sends.
    private final class World: Output {
        struct Arrival {
            let stream: Int
            let number: Int64
            let time: Int64
        }

        private struct State: ~Copyable {
            var spool: Spool
            var now: Int64 = 0
            /// Batches made; one each second, of the streams in turn.
            var made: Int64 = 0
            var endings: [Settlement] = []
            var arrivals: [Arrival] = []
        }

        static let streams: Int64 = 10
        static let outage = 600 * second..<(600 + outageSeconds) * second
        /// What one push takes, nanoseconds.
        private static let push: Int64 = 50_000_000

        let name = "loki"
        private let state: Mutex<State>
        /// Set once, in `init`, because it calls back.
        private let lane = Mutex<SpoolLane?>(nil)
        private let directory: String

        init() throws {
            let shared = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
            directory = shared + "/martlet-outage-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let files = DiskFiles(root: directory)
            let lanes = [LaneOptions(name: "loki", quotaBytes: 1 << 30)]
            let spool = try Spool(files, lanes: lanes, surroundings: SpoolSurroundings(now: { 0 }))
            let view = spool.view(0)
            state = Mutex(State(spool: spool))
            let made = SpoolLane(0, files: files, view: view) { [weak self] ending in self?.settle(ending.settlement) }
            lane.withLock { $0 = made }
        }

        deinit { try? FileManager.default.removeItem(atPath: directory) }

        func shippedLane() throws -> any Lane { try #require(lane.withLock { $0 }) }
        var now: Int64 { state.withLock { $0.now } }
        var arrivals: [Arrival] { state.withLock { $0.arrivals } }
        var waiting: UInt64 { state.withLock { $0.spool.state(0).recordsWaiting } }

        /// Time passes, and what is written meanwhile becomes durable.
        func pass(_ nanoseconds: Int64) {
            state.withLock { state in
                state.now += nanoseconds
                commit(&state)
            }
        }

        func close() { lane.withLock { $0?.close() } }

        private func settle(_ settlement: Settlement) {
            state.withLock { state in
                state.endings.append(settlement)
                commit(&state)
            }
        }

        private func commit(_ state: inout State) {
            guard let lane = lane.withLock({ $0 }) else { return }
            var change = Spool.Change()
            while state.made * second <= state.now {
                let text = "\(state.made % Self.streams) \(state.made / Self.streams)"
                let batch = SealedBatch(body: Array(text.utf8), headers: [], records: 1, rawBytes: 9, oldest: state.now)
                change.batches.append((0, StoredBatch(batch)))
                state.made += 1
            }
            change.settlements = state.endings
            state.endings = []
            change.leases = [(0, lane.wantedLease)]
            #expect(state.spool.commit(change) == .durable)
            lane.publish(state.spool.view(0), fresh: [])
        }

        func send(_ batch: SealedBatch) async -> Outcome {
            pass(Self.push)
            let now = now
            guard !Self.outage.contains(now) else { return .retry(reason: "connection refused", after: nil) }
            let numbers = String(decoding: batch.body, as: UTF8.self).split(separator: " ").compactMap { Int64($0) }
            state.withLock { $0.arrivals.append(Arrival(stream: Int(numbers[0]), number: numbers[1], time: now)) }
            return .delivered
        }
    }

    @Test("After six hours without its output the spool drains at three times the live rate, in order and fairly")
    func drains() async throws {
        let world = try World()
        let observer = RecordingObserver()
        let shipper = Shipper(
            output: world,
            lane: try world.shippedLane(),
            observer: observer,
            options: DeliveryOptions(),
            surroundings: DeliverySurroundings(
                now: { world.now },
                monotonic: { world.now },
                sleep: { duration in
                    world.pass(duration.nanoseconds)
                    await Task.yield()
                },
                random: { 0.5 }
            )
        )
        world.pass(Self.second)
        let running = Task { await shipper.run() }
        // An idle shipper lets no time pass: then it is the clock's turn.
        while world.now < (900 + Self.outageSeconds + Self.outageSeconds / 2) * Self.second {
            if world.waiting == 0 { world.pass(Self.second / 4) }
            await Task.yield()
        }
        running.cancel()
        await running.value
        try check(world.arrivals)
    }

    private func check(_ arrivals: [World.Arrival]) throws {
        let back = World.outage.upperBound
        let first = try #require(arrivals.first { $0.time >= back })
        #expect(first.time - back < 60 * Self.second, "the output is found again within a minute")
        // Caught up: what arrives was written within the last two seconds.
        let caughtUp = try #require(
            arrivals.first { $0.time >= back && $0.time - written($0) < 2 * Self.second }
        )
        let drained = arrivals.filter { $0.time >= back && $0.time <= caughtUp.time }.count
        let rate = Double(drained) / (Double(caughtUp.time - back) / Double(Self.second))
        #expect(rate >= 3, "\(drained) batches at \(rate) a second, where one a second is written")
        var next = [Int64](repeating: 0, count: Int(World.streams))
        for arrival in arrivals {
            #expect(arrival.number == next[arrival.stream], "stream \(arrival.stream) out of order")
            next[arrival.stream] = arrival.number + 1
            // No stream gets ahead of another.
            #expect((next.max() ?? 0) - (next.min() ?? 0) <= 1)
        }
    }

    private func written(_ arrival: World.Arrival) -> Int64 {
        (arrival.number * World.streams + Int64(arrival.stream)) * Self.second
    }
}
