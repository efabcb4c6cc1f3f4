import Inputs
import Testing

@Suite("The observer of containers")
struct ContainerObserverTests {
    private let signals = RecordingSignals()

    private func observer(interval: Duration = .seconds(1)) -> ContainerObserver {
        ContainerObserver(signals, interval: interval, since: 1_000)
    }

    private func details(_ name: String = "shop-1", isRunning: Bool = true, startedAt: Int64 = 500) -> ContainerDetails
    {
        var details = ContainerDetails(
            id: "c0ffee",
            name: name,
            labels: ["com.docker.compose.service": "shop"],
            isRunning: isRunning
        )
        details.life.createdAt = 400
        details.life.startedAt = startedAt
        details.limits.memoryBytes = 100
        return details
    }

    private func event(_ action: String, _ time: Int64, _ attributes: String = "") throws -> EngineJSON.Event {
        let text = """
            {"Action":"\(action)","Actor":{"ID":"c0ffee","Attributes":{"name":"shop-1"\(attributes)}},"timeNano":\(time)}
            """
        return try #require(EngineJSON.decode(EngineJSON.Event.self, text.utf8))
    }

    private func stats() throws -> EngineJSON.Stats {
        let text = #"{"memory_stats":{"usage":50,"limit":100,"stats":{"inactive_file":0}}}"#
        return try #require(EngineJSON.decode(EngineJSON.Stats.self, text.utf8))
    }

    @Test("tells of a crash by its events, under the service that the container's labels name")
    func crash() throws {
        var observer = observer()
        observer.observed(details())
        try observer.happened(event("die", 2_000, #","exitCode":"1""#), to: "c0ffee", now: 0)
        try observer.happened(event("start", 2_100), to: "c0ffee", now: 0)
        observer.observed(details(startedAt: 2_090))
        #expect(
            signals.words == ["found shop/shop-1", "stopped shop/shop-1", "restarted shop/shop-1", "found shop/shop-1"]
        )
    }

    @Test("tells an OOM kill from a kill")
    func outOfMemory() throws {
        var observer = observer()
        observer.observed(details())
        try observer.happened(event("oom", 1_990), to: "c0ffee", now: 0)
        try observer.happened(event("die", 2_000, #","exitCode":"137""#), to: "c0ffee", now: 0)
        #expect(signals.count("oomKilled shop/shop-1") == 1)
        try observer.happened(event("start", 2_100), to: "c0ffee", now: 0)
        try observer.happened(event("kill", 2_900, #","signal":"9""#), to: "c0ffee", now: 0)
        try observer.happened(event("die", 3_000, #","exitCode":"137""#), to: "c0ffee", now: 0)
        #expect(signals.count("oomKilled shop/shop-1") == 1)
    }

    @Test("holds the news of a container until it is known that it is read")
    func unknown() throws {
        var observer = observer()
        try observer.happened(event("start", 1_500), to: "c0ffee", now: 0)
        try observer.happened(event("die", 2_000), to: "c0ffee", now: 0)
        try observer.happened(event("start", 2_100), to: "c0ffee", now: 0)
        #expect(signals.words.isEmpty)
        observer.observed(details(startedAt: 2_090))
        #expect(signals.count("restarted shop/shop-1") == 1)
    }

    @Test("samples running containers only, and none that are gone")
    func samples() throws {
        var observer = observer()
        observer.observed(details())
        #expect(observer.next(now: 0) == "c0ffee")
        try observer.measured("c0ffee", stats())
        #expect(signals.samples("shop-1") == [SaturationSample(memory: 0.5)])
        try observer.happened(event("die", 2_000), to: "c0ffee", now: 0)
        #expect(observer.nextAt == nil)
        try observer.measured("c0ffee", stats())
        #expect(signals.samples("shop-1").count == 1)
        observer.listed([])
        #expect(signals.words.last == "removed shop/shop-1")
        observer.listed([])
        #expect(signals.count("removed shop/shop-1") == 1)
    }

    @Test("samples nothing with an interval of zero")
    func off() {
        var observer = observer(interval: .zero)
        observer.observed(details())
        #expect(observer.next(now: 1 << 40) == nil)
        #expect(signals.count("found shop/shop-1") == 1)
    }
}
