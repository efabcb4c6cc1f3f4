import Admin
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite struct ProcessMetricsTests {
    private func values(_ metrics: ProcessMetrics) -> [String: Double] {
        var values: [String: Double] = [:]
        for family in metrics.families() {
            guard case .samples(let samples) = family.series, let sample = samples.first else { continue }
            switch sample.value {
            case .integer(let value): values[family.name] = Double(value)
            case .number(let value): values[family.name] = value
            }
        }
        return values
    }

    @Test func thisProcessShowsWhatTheKernelKnows() throws {
        let values = values(ProcessMetrics())
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let cpu = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        #expect(try abs(#require(values["process_cpu_seconds"]) - cpu) < 3)
        #expect(try #require(values["process_resident_memory_bytes"]) > 1_000_000)
        #expect(
            try #require(values["process_virtual_memory_bytes"])
                > #require(values["process_resident_memory_bytes"])
        )
        #expect(try #require(values["process_threads"]) >= 1)
        #expect(try #require(values["process_open_fds"]) >= 3)
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(values["process_max_fds"] == Double(limit.rlim_cur))
        let age = try Double(time(nil)) - #require(values["process_start_time_seconds"])
        #expect(age > -5 && age < 3600 * 24)
    }

    @Test func anOpenedDescriptorIsCounted() throws {
        try withTemporaryFolder { folder in
            func count() -> Double? { values(ProcessMetrics(directory: folder.path))["process_open_fds"] }
            try #require(mkdir(folder.path + "/fd", 0o700) == 0)
            for name in ["0", "1", "2"] { symlink("/dev/null", folder.path + "/fd/" + name) }
            #expect(count() == 2, "three less the one that reads the folder")
        }
    }

    @Test func aCommandWithSpacesAndParenthesesMovesNoField() throws {
        try withTemporaryFolder { folder in
            let fields = "S 1 1 1 0 -1 4194560 100 0 0 0 250 150 0 0 20 0 7 0 6000 1048576 25 18446744073709551615"
            try folder.write("42 (a) b) c (d) \(fields)\n", to: "stat")
            try folder.write("cpu 1 2\nbtime 1000\n", to: "boot")
            let values = values(ProcessMetrics(directory: folder.path, bootTimeFile: folder.path + "/boot"))
            let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
            #expect(values["process_cpu_seconds"] == 400 / ticks)
            #expect(values["process_threads"] == 7)
            #expect(values["process_start_time_seconds"] == 1000 + 6000 / ticks)
            #expect(values["process_virtual_memory_bytes"] == 1_048_576)
            #expect(values["process_resident_memory_bytes"] == 25 * Double(sysconf(Int32(_SC_PAGESIZE))))
        }
    }

    @Test(arguments: ["", "42", "42 (a", "42 (a) S 1 2", "42 (a) S x y z 0 -1 4 100 0 0 0 a b 0 0 20 0 c 0 d e f"])
    func whatCannotBeReadIsLeftOut(stat: String) throws {
        try withTemporaryFolder { folder in
            try folder.write(stat, to: "stat")
            try folder.write("Max open files            soft   hard   files\n", to: "limits")
            #expect(values(ProcessMetrics(directory: folder.path)).isEmpty)
        }
    }

    @Test func anUnlimitedLimitIsInfinite() throws {
        try withTemporaryFolder { folder in
            let limits =
                "Limit Soft Hard\nMax open files   1024   4096   files\nMax address space   unlimited  unlimited bytes\n"
            try folder.write(limits, to: "limits")
            let values = values(ProcessMetrics(directory: folder.path))
            #expect(values["process_max_fds"] == 1024)
            #expect(values["process_virtual_memory_max_bytes"] == .infinity)
        }
    }
}
