import Outputs
import Settings
import Testing
import Transport

@Suite struct OptionsTests {
    private struct Read<Options> {
        var options: Options?
        /// `key: problem; advice` of each problem.
        var problems: [String]
    }

    private func read<Options>(
        _ text: String,
        _ read: (ConfigurationReader, DeliveryOptions) -> Options?
    ) throws -> Read<Options> {
        let file = try ConfigurationFile.parse(text)
        let options = read(file.root, DeliveryOptions(compression: .level(6)))
        file.root.finish()
        return Read(options: options, problems: file.problems.problems.map { "\($0)" })
    }

    private func loki(_ text: String) throws -> Read<LokiOptions> {
        try read(text) { LokiOptions(reading: $0, delivery: $1) }
    }

    private func openSearch(_ text: String) throws -> Read<OpenSearchOptions> {
        try read(text) { OpenSearchOptions(reading: $0, delivery: $1) }
    }

    // MARK: Loki

    @Test func `an address is enough for Loki`() throws {
        let read = try loki("url: http://loki:3100/")
        let options = try #require(read.options)
        #expect(read.problems == [])
        #expect(options.url.description == "http://loki:3100")
        #expect(options.encoding == .protobuf)
        #expect(options.tenant == nil)
        #expect(options.labels == LokiOptions.defaultLabels)
        #expect(options.structuredMetadata == .auto)
        #expect(options.readback == .auto)
        #expect(options.delivery.compression == .level(6))
        #expect(options.compression(best: .zlib) == .snappy)
        #expect(options.bodyHeaders(.snappy).map(\.name) == ["Content-Type"])
    }

    @Test func `every key of Loki is read`() throws {
        let read = try loki(
            """
            url: https://loki.example/prefix
            encoding: json
            tenant: acme
            labels: [service_name, level, {env: container.label.env}, {from: input}]
            extra: {cluster: local}
            structured_metadata: off
            readback: off
            auth: {basic: {user: u, password: p}}
            tls: {ca: /ca.pem, min_version: "1.3"}
            compression: auto
            batch: {bytes: 512KiB}
            """
        )
        let options = try #require(read.options)
        #expect(read.problems == [])
        #expect(
            options.labels == [
                LokiLabel(name: "service_name", source: .serviceName), LokiLabel(name: "level", source: .level),
                LokiLabel(name: "env", source: .containerLabel("env")), LokiLabel(name: "from", source: .input),
            ]
        )
        #expect(options.extra.map(\.name) == ["cluster"])
        #expect(options.tenant == "acme")
        #expect(options.structuredMetadata == .off)
        #expect(options.readback == .off)
        #expect(options.delivery.batch.bytes == 512 << 10)
        let compression = options.compression(best: .libdeflate)
        #expect(compression == .gzip(.libdeflate, level: 1))
        #expect(options.bodyHeaders(compression).map(\.value) == ["application/json", "gzip"])
        let transport = TransportOptions(options.delivery, auth: options.auth, tls: options.tls, connections: 1)
        #expect(transport.tls.minVersion == .tls13)
        #expect("\(transport)".contains("password") == false)
    }

    @Test(arguments: [
        ("labels: []", "url"), ("url: loki:3100", "url"), ("url: http://u:p@loki", "url"),
        ("url: http://loki/loki/api/v1/push", "url"), ("{url: http://l, tenant: 'a b'}", "tenant"),
        ("{url: http://l, labels: [trace_id]}", "trace_id"), ("{url: http://l, labels: [{1a: level}]}", "1a"),
        ("{url: http://l, labels: [level, {level: host}]}", "twice"), ("{url: http://l, labels: [[level]]}", "labels"),
        ("{url: http://l, labels: [{a: container.label.}]}", "container.label."),
        ("{url: http://l, extra: {a-b: c}}", "a-b"), ("{url: http://l, extra: {level: c}}", "level"),
        ("{url: http://l, encoding: xml}", "encoding"), ("{url: http://l, readback: maybe}", "readback"),
        ("{url: http://l, lables: [level]}", "lables"),
    ])
    func `what is wrong is reported`(_ text: String, _ word: String) throws {
        let problems = try loki(text).problems
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.contains(word) == true, "\(problems)")
    }

    @Test func `more labels than Loki takes are reported`() throws {
        let labels = (0..<16).map { "{l\($0): container.label.l\($0)}" }.joined(separator: ", ")
        #expect(try loki("{url: http://l, labels: [\(labels)]}").problems.count == 1)
    }

    // MARK: OpenSearch

    @Test func `an address is enough for OpenSearch`() throws {
        let read = try openSearch("url: https://os:9200")
        let options = try #require(read.options)
        #expect(read.problems == [])
        #expect(options.dataStream == "logs-martlet-default")
        #expect(options.bootstrap)
        #expect(options.retention == .seconds(30 * 86_400))
        #expect(Compression.none.documentHeaders.map(\.value) == ["application/x-ndjson"])
    }

    @Test func `every key of OpenSearch is read`() throws {
        let read = try openSearch(
            """
            {url: 'https://os:9200', data_stream: logs-a.b_c-1, bootstrap: false, retention: 7d,
             auth: {bearer: t}, tls: {ca: /ca.pem}, timeout: {request: 1m}}
            """
        )
        let options = try #require(read.options)
        #expect(read.problems == [])
        #expect(options.dataStream == "logs-a.b_c-1")
        #expect(!options.bootstrap)
        #expect(options.retention == .seconds(7 * 86_400))
        #expect(options.delivery.timeout.request == .seconds(60))
    }

    @Test(arguments: [
        "Logs", "-logs", "_logs", ".ds-x", "a*", "a,b", "a/b", "a b", "a\\\"b", String(repeating: "a", count: 201), "",
    ])
    func `a name that is none of a data stream is reported`(_ name: String) throws {
        let read = try openSearch("{url: 'https://os:9200', data_stream: \"\(name)\"}")
        #expect(read.problems.count == 1, "\(read.problems)")
    }

    @Test func `a retention below an hour is reported`() throws {
        #expect(try openSearch("{url: 'https://os:9200', retention: 10m}").problems.count == 1)
    }

    // MARK: Archive

    @Test func `an archive needs nothing`() throws {
        let read = try read("{}") { ArchiveOptions(reading: $0, delivery: $1) }
        #expect(read.problems == [])
        #expect(read.options?.directory == "./archive")
        #expect(read.options?.keepBytes == 1 << 30)
    }

    @Test func `every key of an archive is read`() throws {
        let read = try read("{directory: /srv/a, keep: 2GiB, compression: none}") {
            ArchiveOptions(reading: $0, delivery: $1)
        }
        #expect(read.problems == [])
        #expect(read.options?.directory == "/srv/a")
        #expect(read.options?.keepBytes == 2 << 30)
        #expect(read.options?.delivery.compression == DeliveryOptions.Compression.none)
    }

    @Test func `an archive that could hold nothing is reported`() throws {
        #expect(try read("{keep: 1KiB}") { ArchiveOptions(reading: $0, delivery: $1) }.problems.count == 1)
    }
}
