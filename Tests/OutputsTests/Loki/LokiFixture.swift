import Outputs
import Settings
import TestSupport
import Transport

/// A contract server, an output that pushes to it, and everything around them.
struct LokiFixture {
    let time = TestTime()
    let observer = RecordingObserver()
    let server: LokiContractServer
    let output: LokiOutput

    init(
        limits: LokiContractLimits = LokiContractLimits(),
        needsTenant: Bool = false,
        tenant: String? = nil,
        readback: LokiOptions.Switch = .auto,
        requestTimeout: Duration = .seconds(10)
    ) throws {
        let time = time
        server = try LokiContractServer(limits: limits, needsTenant: needsTenant, now: { time.now })
        guard let url = BaseURL(server.url) else { throw TestFailure("no address") }
        let transport = try PooledTransport(TransportOptions(requestTimeout: requestTimeout))
        output = LokiOutput(
            LokiOptions(url: url, tenant: tenant, readback: readback),
            transport: transport,
            observer: observer,
            monotonic: { time.now }
        )
    }

    /// Ships batches to their end.
    func ship(_ batches: [SealedBatch]) async {
        let lane = MemoryLane(bytesMax: 64 << 20)
        for batch in batches { _ = await lane.offer(batch) }
        lane.close()
        let shipper = Shipper(
            output: output,
            lane: lane,
            observer: observer,
            options: DeliveryOptions(),
            surroundings: time.surroundings()
        )
        await shipper.run()
    }

    /// Entries a second apart, up to now.
    func entries(_ count: Int, _ text: String = "line", metadata: [String: String] = [:]) -> [LokiContractEntry] {
        (0..<count).map { index in
            LokiContractEntry(
                time: time.now - Int64(count - index) * 1_000_000_000,
                line: "\(text) \(index)",
                metadata: metadata
            )
        }
    }

    /// Lines that are stored, sorted; a line twice is there twice.
    var lines: [String] {
        server.streams().values.flatMap(\.self).map(\.line).sorted()
    }
}
