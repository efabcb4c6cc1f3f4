import Admin
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The real readers of `/metrics`.
@Suite struct ScrapeTests {
    private struct Metrics: MetricsSource {
        func metrics() -> [MetricFamily] {
            let trace = LabelSet([("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")])
            return [
                .counter(
                    "martlet_requests",
                    help: "Requests seen in logs.",
                    [
                        MetricSample(["service": "shop", "route": "/a\"b\\c\nd{}#é", "status_class": "2xx"], 41),
                        MetricSample(["service": "shop", "route": "/", "status_class": "5xx"], 1),
                    ]
                ),
                .histogram(
                    "martlet_request_duration_seconds",
                    unit: "seconds",
                    help: "Latency of requests.",
                    bounds: [0.005, 0.5, 1, 10],
                    [
                        HistogramSample(
                            ["service": "shop"],
                            counts: [1, 2, 0, 4, 1],
                            sum: 12.75,
                            exemplars: [
                                nil, Exemplar(labels: trace, value: 0.25, timestamp: Int64(time(nil)) * 1_000_000_000),
                                nil, nil, nil,
                            ]
                        )
                    ]
                ),
                .gauge("martlet_saturation_ratio", unit: "ratio", help: "Saturation.", [MetricSample(.none, 0.25)]),
                .info("martlet_build", help: "Build.", [["version": "1.0.0", "commit": "abc"]]),
            ] + ProcessMetrics().families()
        }
    }

    @Test(.enabled(if: isInstalled("promtool"), "promtool is not installed"))
    func promtoolFindsNothingToComplainAbout() throws {
        try withTemporaryFolder { folder in
            let text = String(decoding: Exposition(of: Metrics().metrics()).body, as: UTF8.self)
            try folder.write(text, to: "metrics")
            let promtool = try ChildProcess(
                "promtool check metrics < \(folder.path)/metrics > \(folder.path)/output 2>&1"
            )
            #expect(promtool.wait() == 0)
            #expect(contents(of: folder.path + "/output") == "")
        }
    }

    @Test(.enabled(if: isInstalled("prometheus"), "prometheus is not installed"))
    func prometheusScrapesValuesBucketsAndExemplars() async throws {
        let server = try await AdminServer.start(
            AdminOptions(listen: "127.0.0.1:0"),
            token: .random(),
            routes: [.metrics(Metrics())]
        )
        try await withTemporaryFolder { folder in
            try folder.write(
                """
                global: {scrape_interval: 250ms, scrape_timeout: 250ms}
                scrape_configs: [{job_name: m, static_configs: [{targets: ['\(server.address)']}]}]
                """,
                to: "prometheus.yml"
            )
            let prometheus = try ChildProcess(
                "prometheus --config.file \(folder.path)/prometheus.yml --storage.tsdb.path \(folder.path)/data"
                    + " --web.listen-address 127.0.0.1:0 --enable-feature=exemplar-storage"
                    + " > \(folder.path)/log 2>&1"
            )
            defer { prometheus.end() }
            let port = try #require(try await eventually { prometheus.listeningPort() })
            let api = try HealthProbe(listen: "127.0.0.1:\(port)")
            let up = try await eventually { ask(api, "query?query=up").contains(",\"1\"]") ? true : nil }
            try #require(up == true, "\(ask(api, "targets"))")
            #expect(
                ask(api, "query?query=martlet_requests_total%7Bstatus_class=%222xx%22%7D")
                    .contains(#""route":"/a\"b\\c\nd{}#é""#)
            )
            #expect(
                ask(api, "query?query=martlet_request_duration_seconds_bucket%7Ble=%221.0%22%7D")
                    .contains(",\"3\"]")
            )
            #expect(
                ask(api, "query_exemplars?query=martlet_request_duration_seconds_bucket&start=0&end=9999999999")
                    .contains("4bf92f3577b34da6a3ce929d0e0e4736")
            )
            #expect(ask(api, "metadata?metric=martlet_saturation_ratio").contains("\"unit\":\"ratio\""))
            #expect(ask(api, "query?query=process_cpu_seconds_total").contains("\"process_cpu_seconds_total\""))
        }
        await server.stop()
    }

    private func ask(_ api: HealthProbe, _ call: String) -> String {
        let answer = try? api.ask("/api/v1/" + call)
        return answer?.body ?? ""
    }
}
