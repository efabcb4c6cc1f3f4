import Agent
import RecordPath
import Testing

@Suite struct MemoryPlanTests {
    @Test(
        "All parts together are no more than what the limit leaves",
        arguments: [48, 64, 128, 1024, 16384],
        [1, 2, 8, 64]
    )
    func sum(mebibytes: Int, cores: Int) {
        for outputs in 1...3 {
            let limit = mebibytes << 20
            let plan = MemoryPlan(limit: limit, cores: cores, outputs: outputs)
            for tables in [0, plan.tableBytes / 2, plan.tableBytes] {
                let share = plan.share(beside: tables)
                // What waits in a worker's encoders, while it is joined and while it is compressed, and its group's
                // bodies.
                let worker = 2 * share.requestBytes + share.groupBodyBytes + plan.heldBytes
                let lanes = (plan.freshBytes + plan.onTheWayBytes) * outputs
                let sum =
                    MemoryPlan.fixedBytes + tables + plan.queueBytes + plan.sealedBytes + plan.workers * worker + lanes
                #expect(sum <= limit, "\(plan)")
            }
        }
    }

    @Test("The default takes requests of half the default size and more, on all cores of a small host")
    func defaults() {
        let plan = MemoryPlan(limit: 64 << 20, cores: 2, outputs: 2)
        #expect(plan.workers == 2 && plan.share(beside: 0).requestBytes >= 512 << 10)
    }

    @Test("The smallest limit still moves lines")
    func smallest() {
        let plan = MemoryPlan(limit: 48 << 20, cores: 16, outputs: 3)
        #expect(plan.workers == 2)
        #expect(plan.share(beside: .max / 2).requestBytes >= 128 << 10 && plan.queueBytes >= 1 << 20)
    }

    @Test("Series have a part of their own, from which follows how many there are")
    func series() {
        let plan = { (mebibytes: Int, series: Int, buckets: Int) in
            MemoryPlan(limit: mebibytes << 20, cores: 2, outputs: 2, series: series, buckets: buckets)
        }
        #expect(plan(64, 5000, 15).series == 5000, "the defaults go together")
        #expect(plan(64, 5000, 15).bytesOfSeries * 5000 <= 8 << 20)
        #expect(plan(64, 100, 15).series == 100)
        #expect((2000..<5000).contains(plan(48, 5000, 15).series))
        #expect(plan(64, 1_000_000, 129).series < plan(64, 1_000_000, 15).series)
        #expect(plan(4096, 100_000, 15).series == 100_000)
    }

    @Test("More memory takes more cores, and never less of anything")
    func grows() {
        var last = MemoryPlan(limit: 48 << 20, cores: 8, outputs: 2)
        for mebibytes in stride(from: 64, through: 4096, by: 16) {
            let plan = MemoryPlan(limit: mebibytes << 20, cores: 8, outputs: 2)
            #expect(plan.workers >= last.workers && plan.queueBytes >= last.queueBytes)
            let (more, less) = (plan.share(beside: 0).requestBytes, last.share(beside: 0).requestBytes)
            #expect(plan.workers * more + (64 << 10) * plan.workers >= last.workers * less)
            last = plan
        }
        #expect(last.workers == 8)
    }

    @Test("What tables have taken, workers have not, and a part of each kind is left for the others")
    func tables() {
        let plan = MemoryPlan(limit: 64 << 20, cores: 2, outputs: 2)
        #expect(plan.share(beside: plan.tableBytes).groupBytes < plan.share(beside: 0).groupBytes)
        let tables = plan.makeTables()
        #expect(tables.used == plan.workers * plan.idEntries * 48)
        #expect(tables.room(for: .series) >= 5000 * plan.bytesOfSeries)
        while tables.take(plan.bytesOfSeries, for: .series) {}
        for part in [TableBudget.Part.services, .files, .objectives, .shapes] {
            #expect(tables.room(for: part) > 2 << 20)
        }
        while tables.take(1_000, for: .files) {}
        #expect(tables.used <= tables.limit && tables.limit - tables.used < 16_000)
        #expect(!tables.take(1 << 20, for: .services))
        tables.set(0, for: .series)
        #expect(tables.take(1 << 20, for: .services))
    }
}
