import Spool

/// One life of a spool in the simulator: opens, commits, failures and crashes, all from one seed.
struct Schedule {
    static let names = ["loki", "archive"]

    let seed: UInt64
    private var random: SeededRandom
    private let files: SimulatedFiles
    /// What may hold now: after a crash in the middle of a commit that is with or without it.
    private var candidates: [SpoolModel]
    private var made: UInt64 = 0

    /// What went wrong in the schedule of a seed; nil: nothing.
    static func failure(seed: UInt64, mistake: (SimulatedFiles) -> Void = { _ in }) -> String? {
        var schedule = Schedule(seed: seed)
        mistake(schedule.files)
        return schedule.run().map { "seed \(seed): \($0)" }
    }

    init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed: seed)
        files = SimulatedFiles(seed: seed ^ 0xF11E5)
        candidates = [SpoolModel(lanes: Self.names.map { _ in .init() })]
    }

    /// A few lives, each ended by a crash or a kill, and a last one in which everything works.
    mutating func run() -> String? {
        for _ in 0..<(1 + random.below(4)) {
            files.stepsToCrash = random.once(in: 5) ? nil : random.below(120)
            files.failsOnce = random.once(in: 2) ? nil : 4 + random.below(60)
            files.capacity = random.once(in: 4) ? 6_000 + random.below(20_000) : .max
            if let problem = live() { return problem }
            if random.once(in: 4) { files.kill() } else { files.crash() }
        }
        (files.failsOnce, files.capacity) = (nil, .max)
        return live()
    }

    private mutating func live() -> String? {
        var seedOfSalt = SeededRandom(seed: random.next())
        let salt = seedOfSalt.next()
        let lanes = [
            LaneOptions(name: Self.names[0], quotaBytes: 4_000, whenFull: .wait, segmentBytes: 700),
            LaneOptions(name: Self.names[1], quotaBytes: 1_500, whenFull: .dropOldest, segmentBytes: 300),
        ]
        do throws(SpoolError) {
            let surroundings = SpoolSurroundings(now: { 0 }, random: { salt }, logBytes: 600)
            var spool = try Spool(files, lanes: lanes, surroundings: surroundings)
            if let problem = settle(spool) { return problem }
            for _ in 0..<(1 + random.below(12)) {
                if let problem = commit(&spool) { return problem }
                if files.hasCrashed { return nil }
            }
            return nil
        } catch {
            // Only what was injected may keep it from opening.
            guard files.hasCrashed || files.failsOnce != nil || files.capacity != .max else {
                return "does not open: \(error)"
            }
            return nil
        }
    }

    /// What was recovered must be one of the candidates, all of it.
    private mutating func settle(_ spool: borrowing Spool) -> String? {
        if files.hasCrashed { return nil }
        // What a failed commit left behind may be in the quarantine; what was committed may not.
        if spool.recovery.damagedFrames > 0 || spool.recovery.isLost {
            return "damage without a cause: \(spool.recovery)"
        }
        let found = candidates.filter { $0.difference(spool.state, Self.names) == nil }
        guard let model = found.first else {
            return "lost: \(candidates.map { $0.difference(spool.state, Self.names) ?? "" })"
        }
        candidates = [model]
        return check(spool, model)
    }

    private func check(_ spool: borrowing Spool, _ model: SpoolModel) -> String? {
        if let problem = model.difference(spool.state, Self.names) { return problem }
        for lane in Self.names.indices {
            let view = spool.view(lane)
            var reader = LaneReader(files, from: view.state)
            var read: [StoredBatch] = []
            reading: while !files.hasCrashed {
                switch reader.read(view) {
                case .batch(let batch): read.append(batch)
                case .damaged(let first, let count, _):
                    return files.hasCrashed ? nil : "unreadable \(first)+\(count) in lane \(lane)"
                case .blocked: continue
                case .end: break reading
                }
            }
            if files.hasCrashed { return nil }
            if let problem = model.difference(read, lane: lane) { return problem }
        }
        return nil
    }

    private mutating func commit(_ spool: inout Spool) -> String? {
        guard let model = candidates.first else { return "no model" }
        let change = change(spool, model)
        let after = model.after(change)
        var result = spool.commit(change)
        if case .failed = result {
            // The lanes were taken back; nothing happened.
            return files.hasCrashed ? nil : check(spool, model)
        }
        var tries = 0
        while case .unconfirmed = result {
            candidates = [model, after]
            tries += 1
            if files.hasCrashed || tries > 20 {
                files.stepsToCrash = 0
                _ = try? files.list("")
                return nil
            }
            if (try? spool.confirm()) != nil { result = .durable }
        }
        candidates = [after]
        return files.hasCrashed || !random.once(in: 3) ? nil : check(spool, after)
    }

    private mutating func change(_ spool: borrowing Spool, _ model: SpoolModel) -> Spool.Change {
        var change = Spool.Change()
        for lane in Self.names.indices {
            var batches: [StoredBatch] = []
            for _ in 0..<random.below(4) { batches.append(batch()) }
            let bytes = batches.reduce(0) { $0 + $1.storedBytes }
            if spool.hasRoom(lane, for: bytes) {
                if let excess = spool.excess(lane, for: bytes, spool.state(lane)) {
                    change.settlements.append(excess.settlement)
                }
                for batch in batches { change.batches.append((lane, batch)) }
            }
            for batch in model.lanes[lane].waiting.prefix(4) where random.once(in: 2) {
                let isDropped = change.settlements.contains {
                    $0.lane == lane && $0.first <= batch.sequence && batch.sequence < $0.first + $0.count
                }
                if !isDropped {
                    change.settlements.append(
                        Settlement(lane: lane, first: batch.sequence, records: UInt64(batch.records))
                    )
                }
            }
            if random.once(in: 2) { change.leases.append((lane, UInt64(random.below(20)))) }
        }
        for _ in 0..<random.below(3) {
            made += 1
            change.positions.append(("key-\(random.below(4))", random.once(in: 5) ? nil : "\(made)"))
        }
        for _ in 0..<random.below(3) {
            change.counters.append(.init("counter-\(random.below(6))", [UInt64(random.below(300)), 1]))
        }
        if random.once(in: 4) { change.notes.append(("note", [UInt8(truncatingIfNeeded: made)])) }
        return change
    }

    private mutating func batch() -> StoredBatch {
        made += 1
        let length = random.once(in: 10) ? 400 : random.below(120)
        let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 &+ Int(made)) }
        return StoredBatch(records: UInt32(random.below(9)), head: [UInt8(truncatingIfNeeded: made)], body: body)
    }
}
