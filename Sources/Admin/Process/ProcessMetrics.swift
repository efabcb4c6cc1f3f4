#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The standard `process_*` series, read from `/proc/self` at each scrape.
///
/// What cannot be read is left out; a scrape never fails for it.
package struct ProcessMetrics: Sendable {
    private let directory: String
    private let bootTimeFile: String

    /// Reads from another folder in tests.
    package init(directory: String = "/proc/self", bootTimeFile: String = "/proc/stat") {
        self.directory = directory
        self.bootTimeFile = bootTimeFile
    }

    /// The families that could be read.
    package func families() -> [MetricFamily] {
        statFamilies() + limitFamilies() + openDescriptors()
    }

    // MARK: - stat

    private func statFamilies() -> [MetricFamily] {
        guard let text = SmallFile.text(of: directory + "/stat"), let stat = ProcessStat(text) else { return [] }
        let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let pageBytes = Int64(sysconf(Int32(_SC_PAGESIZE)))
        var families: [MetricFamily] = [
            .counter(
                "process_cpu_seconds",
                unit: "seconds",
                help: "CPU time spent in user and system mode.",
                [MetricSample(.none, .number(Double(stat.cpuTicks) / ticks))]
            ),
            .gauge(
                "process_virtual_memory_bytes",
                unit: "bytes",
                help: "Virtual memory size.",
                [MetricSample(.none, .integer(stat.virtualBytes))]
            ),
            .gauge(
                "process_resident_memory_bytes",
                unit: "bytes",
                help: "Resident memory size.",
                [MetricSample(.none, .integer(stat.residentPages.multipliedReportingOverflow(by: pageBytes).0))]
            ),
            .gauge("process_threads", help: "Threads of the process.", [MetricSample(.none, .integer(stat.threads))]),
        ]
        if let bootSeconds = bootTime() {
            families.append(
                .gauge(
                    "process_start_time_seconds",
                    unit: "seconds",
                    help: "Start of the process, since 1970.",
                    [MetricSample(.none, .number(Double(bootSeconds) + Double(stat.startTicks) / ticks))]
                )
            )
        }
        return families
    }

    private func bootTime() -> Int64? {
        SmallFile.text(of: bootTimeFile)?.split(separator: "\n")
            .first { $0.hasPrefix("btime ") }
            .flatMap { Int64($0.dropFirst(6)) }
    }

    // MARK: - limits

    private func limitFamilies() -> [MetricFamily] {
        guard let lines = SmallFile.text(of: directory + "/limits")?.split(separator: "\n") else { return [] }
        var families: [MetricFamily] = []
        if let limit = Self.softLimit("Max open files", in: lines) {
            families.append(
                .gauge("process_max_fds", help: "Most file descriptors allowed.", [MetricSample(.none, limit)])
            )
        }
        if let limit = Self.softLimit("Max address space", in: lines) {
            families.append(
                .gauge(
                    "process_virtual_memory_max_bytes",
                    unit: "bytes",
                    help: "Most virtual memory allowed.",
                    [MetricSample(.none, limit)]
                )
            )
        }
        return families
    }

    private static func softLimit(_ name: String, in lines: [Substring]) -> MetricValue? {
        guard let line = lines.first(where: { $0.hasPrefix(name) }),
            let word = line.dropFirst(name.count).split(separator: " ").first
        else { return nil }
        if word == "unlimited" { return .number(.infinity) }
        return Int64(word).map { .integer($0) }
    }

    // MARK: - descriptors

    private func openDescriptors() -> [MetricFamily] {
        guard let names = SmallFile.names(in: directory + "/fd") else { return [] }
        return [
            .gauge("process_open_fds", help: "Open file descriptors.", [MetricSample(.none, .integer(Int64(names)))])
        ]
    }
}
