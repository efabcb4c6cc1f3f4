import Logging
import Outputs
import RecordPath
import Settings
import Transport

/// The outputs of a configuration: what workers seal for each, and what sends it.
///
/// In the same order.
struct OutputParts {
    private(set) var outlets: [Worker.Outlet] = []
    private(set) var outputs: [any Output] = []
    private let replyBytes: Int

    /// `archivePosition` is where the archive was when it last acknowledged.
    init(
        _ configuration: AgentConfiguration,
        counters: DeliveryCounters,
        archivePosition: String?,
        log: Logger
    ) throws(AgentError) {
        replyBytes = configuration.memory.replyBytes
        if let loki = configuration.loki { try add(loki, counters, log) }
        if let opensearch = configuration.opensearch { try add(opensearch, counters, log) }
        if let archive = configuration.archive { add(archive, archivePosition, log) }
    }

    private mutating func add(_ options: LokiOptions, _ counters: DeliveryCounters, _ log: Logger) throws(AgentError) {
        let compression = options.compression(best: HostCodec.gzip)
        outlets.append(
            Worker.Outlet(
                kind: .loki,
                compression: compression,
                headers: options.bodyHeaders(compression),
                batchBytes: options.delivery.batch.bytes,
                batchAge: options.delivery.batch.age
            )
        )
        let transport = try Self.transport(
            transportOptions(options.delivery, options.auth, options.tls),
            "loki",
            log
        )
        outputs.append(LokiOutput(options, transport: transport, observer: counters, monotonic: Self.clock()))
    }

    private mutating func add(
        _ options: OpenSearchOptions,
        _ counters: DeliveryCounters,
        _ log: Logger
    ) throws(AgentError) {
        let compression = Compression(options.delivery.compression, best: HostCodec.gzip)
        outlets.append(
            Worker.Outlet(
                kind: .opensearch,
                compression: compression,
                headers: compression.documentHeaders,
                batchBytes: options.delivery.batch.bytes,
                batchAge: options.delivery.batch.age
            )
        )
        let transport = try Self.transport(
            transportOptions(options.delivery, options.auth, options.tls),
            "opensearch",
            log
        )
        outputs.append(
            OpenSearchOutput(
                options,
                transport: transport,
                observer: counters,
                monotonic: Self.clock(),
                notice: { log.notice("opensearch", metadata: ["note": "\($0)"]) }
            )
        )
    }

    private mutating func add(_ options: ArchiveOptions, _ committed: String?, _ log: Logger) {
        let compression = Compression(options.delivery.compression, best: HostCodec.gzip)
        outlets.append(
            Worker.Outlet(
                kind: .archive,
                compression: compression,
                headers: compression.documentHeaders,
                batchBytes: options.delivery.batch.bytes,
                batchAge: options.delivery.batch.age
            )
        )
        outputs.append(
            ArchiveOutput(
                options,
                files: DiskArchiveFiles(directory: options.directory),
                committed: committed,
                now: WallClock.now,
                notice: { log.notice("archive", metadata: ["note": "\($0)"]) }
            )
        )
    }

    private func transportOptions(
        _ delivery: DeliveryOptions,
        _ auth: AuthOptions,
        _ tls: TLSOptions
    ) -> TransportOptions {
        var options = TransportOptions(delivery, auth: auth, tls: tls, connections: 8)
        options.replyBytes = replyBytes
        return options
    }

    /// A clock that never goes back, nanoseconds since this call.
    private static func clock() -> @Sendable () -> Int64 {
        let start = ContinuousClock.now
        return { (ContinuousClock.now - start).nanoseconds }
    }

    static func transport(
        _ options: TransportOptions,
        _ output: String,
        _ log: Logger
    ) throws(AgentError) -> PooledTransport {
        do {
            return try PooledTransport(options) { notice in
                log.notice("certificates", metadata: ["output": "\(output)", "note": "\(notice)"])
            }
        } catch {
            throw AgentError.configuration("outputs.\(output).tls: \(error)")
        }
    }
}
