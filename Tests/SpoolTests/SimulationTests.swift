import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A failing seed is reproduced by `make simulate SEED=N`.
@Suite struct SimulationTests {
    private static func number(_ name: String, default: UInt64) -> UInt64 {
        getenv(name).flatMap { UInt64(String(cString: $0)) } ?? `default`
    }

    @Test func committedStateSurvivesEveryScheduleOfCrashesAndFailures() async {
        let first = Self.number("MARTLET_SIMULATION_SEED", default: 1)
        let isSeeded = getenv("MARTLET_SIMULATION_SEED").map { $0.pointee != 0 } ?? false
        let count = Self.number("MARTLET_SIMULATION_SCHEDULES", default: isSeeded ? 1 : 100_000)
        let parts: UInt64 = 8
        let failures = await withTaskGroup(of: [String].self) { group in
            for part in 0..<parts {
                group.addTask {
                    var found: [String] = []
                    for seed in stride(from: first + part, to: first + count, by: Int(parts)) where found.count < 3 {
                        if let failure = Schedule.failure(seed: seed) { found.append(failure) }
                    }
                    return found
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(failures.isEmpty, "reproduce with: make simulate SEED=N\n\(failures.joined(separator: "\n"))")
    }

    @Test func simulatorFindsAForgottenSyncOfAFile() {
        let failures = (1...2_000).lazy.compactMap { Schedule.failure(seed: $0) { $0.forgetsSyncs = true } }
        #expect(failures.first != nil)
    }

    @Test func simulatorFindsAForgottenSyncOfADirectory() {
        let failures = (1...2_000).lazy.compactMap { Schedule.failure(seed: $0) { $0.forgetsDirectorySyncs = true } }
        #expect(failures.first != nil)
    }
}
