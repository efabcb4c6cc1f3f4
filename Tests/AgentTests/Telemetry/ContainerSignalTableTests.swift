import Admin
import Agent
import Inputs
import Synchronization
import Testing

@Suite("The table of container signals")
struct ContainerSignalTableTests {
    private final class TestClock: Sendable {
        private let milliseconds = Mutex<Int64>(1_000_000_000)

        var now: Int64 { milliseconds.withLock { $0 } }

        func pass(_ duration: Duration) { milliseconds.withLock { $0 += duration.wholeMilliseconds } }
    }

    private let clock = TestClock()

    private func table(seriesMax: Int = 100) -> ContainerSignalTable {
        let clock = clock
        return ContainerSignalTable(
            seriesMax: seriesMax,
            redact: { $0 == "jane@example.com" ? "[email]" : $0 },
            now: { clock.now }
        )
    }

    private func container(_ name: String, service: String = "shop", id: String? = nil) -> ContainerIdentity {
        ContainerIdentity(id: id ?? name, container: name, service: service)
    }

    /// The series of a table as `/metrics` shows them once everything is durable, without comments.
    private func lines(_ table: ContainerSignalTable) -> [String] {
        table.settle(table.fresh)
        return shown(table)
    }

    private func shown(_ table: ContainerSignalTable) -> [String] {
        let text = Exposition(of: table.families, accept: nil).body
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("#")
        }
    }

    @Test("shows what was counted once it is durable, and goes on from it in the next run")
    func durable() {
        let first = table()
        first.restarted(container("a"), times: 2)
        #expect(shown(first).first == #"martlet_container_restarts_total{service="shop",container="a"} 0"#)
        let events = first.fresh
        first.settle(events)
        #expect(first.fresh.isEmpty)
        #expect(shown(first).first == #"martlet_container_restarts_total{service="shop",container="a"} 2"#)
        let second = table()
        second.restore(events)
        #expect(shown(second).isEmpty, "not before the container is there")
        second.restarted(container("a"), times: 1)
        #expect(lines(second).first == #"martlet_container_restarts_total{service="shop",container="a"} 3"#)
    }

    @Test("shows what is known of a container, and of a service the highest")
    func shows() {
        let table = table()
        table.found(container("shop-1"))
        table.sample(SaturationSample(cpu: 0.5, throttled: 0.25, memory: 0.75, pids: 0.125), of: container("shop-1"))
        table.sample(SaturationSample(cpu: 0.875), of: container("shop-2"))
        table.restarted(container("shop-1"), times: 2)
        table.oomKilled(container("shop-2"), times: 1)
        #expect(
            lines(table) == [
                #"martlet_container_cpu_ratio{service="shop",container="shop-1"} 0.5"#,
                #"martlet_container_cpu_ratio{service="shop",container="shop-2"} 0.875"#,
                #"martlet_container_cpu_throttled_ratio{service="shop",container="shop-1"} 0.25"#,
                #"martlet_container_memory_ratio{service="shop",container="shop-1"} 0.75"#,
                #"martlet_container_pids_ratio{service="shop",container="shop-1"} 0.125"#,
                #"martlet_container_restarts_total{service="shop",container="shop-1"} 2"#,
                #"martlet_container_restarts_total{service="shop",container="shop-2"} 0"#,
                #"martlet_container_oom_kills_total{service="shop",container="shop-1"} 0"#,
                #"martlet_container_oom_kills_total{service="shop",container="shop-2"} 1"#,
                #"martlet_saturation_ratio{service="shop"} 0.875"#,
            ]
        )
    }

    @Test("shows no figures of a container that has stopped, or whose samples are old")
    func stale() {
        let table = table()
        table.sample(SaturationSample(cpu: 0.5), of: container("a"))
        table.stopped(container("a"))
        #expect(!lines(table).contains { $0.contains("_ratio") })
        table.sample(SaturationSample(cpu: 0.5), of: container("a"))
        clock.pass(.seconds(61))
        #expect(!lines(table).contains { $0.contains("_ratio") })
        #expect(lines(table).count == 2)
    }

    @Test("shows the counters of a container that is gone for a while, and goes on with them when it comes back")
    func comesBack() {
        let table = table()
        table.restarted(container("a", id: "1"), times: 3)
        table.removed(container("a", id: "1"))
        clock.pass(.seconds(14 * 60))
        #expect(lines(table).first == #"martlet_container_restarts_total{service="shop",container="a"} 3"#)
        clock.pass(.seconds(2 * 60))
        #expect(lines(table).isEmpty)
        table.restarted(container("a", id: "2"), times: 1)
        #expect(lines(table).first == #"martlet_container_restarts_total{service="shop",container="a"} 4"#)
    }

    @Test("moves a container that is renamed to its new series")
    func renamed() {
        let table = table()
        table.sample(SaturationSample(cpu: 0.5), of: container("a", id: "1"))
        table.found(container("b", id: "1"))
        #expect(!lines(table).contains { $0.contains("cpu_ratio") })
        table.sample(SaturationSample(cpu: 0.25), of: container("b", id: "1"))
        #expect(lines(table).first == #"martlet_container_cpu_ratio{service="shop",container="b"} 0.25"#)
    }

    @Test("shows no name before it is redacted, and no series twice")
    func redacted() {
        let table = table()
        table.sample(SaturationSample(cpu: 0.5), of: container("jane@example.com", id: "1"))
        table.sample(SaturationSample(cpu: 0.75), of: container("[email]", id: "2"))
        let cpu = lines(table).filter { $0.contains("cpu_ratio") }
        #expect(cpu == [#"martlet_container_cpu_ratio{service="shop",container="[email]"} 0.75"#])
    }

    @Test("counts containers beyond the limit under one name, and says so")
    func bounded() {
        let table = table(seriesMax: 3)
        for number in 0..<20 { table.restarted(container("c\(number)"), times: 1) }
        let shown = lines(table)
        #expect(shown.filter { $0.hasPrefix("martlet_container_restarts_total") }.count == 4)
        #expect(shown.contains(#"martlet_container_restarts_total{service="__other__",container="__other__"} 17"#))
        #expect(shown.contains(#"martlet_series_limited_total{metric="martlet_container"} 17"#))
    }

    @Test("gives the place of a container that is long gone to a new one")
    func reused() {
        let table = table(seriesMax: 2)
        for number in 0..<10 {
            table.restarted(container("c\(number)"), times: 1)
            table.removed(container("c\(number)"))
            clock.pass(.seconds(1))
        }
        #expect(lines(table).contains(#"martlet_container_restarts_total{service="shop",container="c9"} 1"#))
        #expect(!lines(table).contains { $0.contains("__other__") || $0.contains("series_limited") })
    }
}
