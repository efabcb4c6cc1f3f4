import Outputs
import Settings
import TestSupport
import Transport

/// A contract server, an output that creates documents there, and everything around them.
struct OpenSearchFixture {
    static let stream = "logs-martlet-default"

    let time = TestTime()
    let observer = RecordingObserver()
    let server: OpenSearchContractServer
    let output: OpenSearchOutput
    private let url: BaseURL

    init(requestBytes: Int = 100 << 20, bootstrap: Bool = true) throws {
        server = try OpenSearchContractServer(requestBytes: requestBytes)
        guard let url = BaseURL(server.url) else { throw TestFailure("no address") }
        self.url = url
        let time = time
        output = OpenSearchOutput(
            OpenSearchOptions(url: url, dataStream: Self.stream, bootstrap: bootstrap),
            transport: try PooledTransport(TransportOptions()),
            observer: observer,
            monotonic: { time.now }
        )
    }

    /// Another output with the same cluster, as after a restart.
    func restarted(retention: Duration = .seconds(30 * 86_400)) throws -> OpenSearchOutput {
        let time = time
        return OpenSearchOutput(
            OpenSearchOptions(url: url, dataStream: Self.stream, retention: retention),
            transport: try PooledTransport(TransportOptions()),
            observer: observer,
            monotonic: { time.now }
        )
    }

    /// Ships batches to their end.
    func ship(_ batches: [SealedBatch], mayBeStored: Bool = false, concurrency: Int = 1) async {
        let lane = MemoryLane(bytesMax: 64 << 20)
        for batch in batches { _ = await lane.offer(batch, mayBeStored: mayBeStored) }
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
    }

    var ids: [String] { server.ids(Self.stream) }

    /// `PREFIX-0` and so on, sorted as `ids` is.
    static func expected(_ count: Int, prefix: String = "id") -> [String] {
        (0..<count).map { "\(prefix)-\($0)" }.sorted()
    }
}
