import Admin
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite struct ExpositionTests {
    private static let openMetrics = "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.3"

    private func text(_ families: [MetricFamily], accept: String? = nil) -> String {
        String(decoding: Exposition(of: families, accept: accept).body, as: UTF8.self)
    }

    private static let requests = MetricFamily.counter(
        "martlet_requests",
        help: "Requests seen in logs.",
        [
            MetricSample(["service": "shop", "route": "/a\"b\\c\nd"], 3),
            MetricSample(
                ["service": "pay"],
                4,
                exemplar: Exemplar(labels: ["trace_id": "abc"], value: 1, timestamp: 1_700_000_000_123_456_789)
            ),
        ]
    )

    private static let duration = MetricFamily.histogram(
        "martlet_request_duration_seconds",
        unit: "seconds",
        help: "Latency \"as logged\".",
        bounds: [0.005, 0.5, 1, 10],
        [
            HistogramSample(
                ["service": "shop"],
                counts: [1, 2, 0, 4, 1],
                sum: 12.75,
                exemplars: [nil, Exemplar(labels: ["trace_id": "t"], value: 0.25, timestamp: 5_000_000), nil, nil, nil]
            )
        ]
    )

    @Test func openMetricsHoldsTypesUnitsExemplarsAndAnEnd() {
        let families = [
            Self.requests, Self.duration, .info("martlet_build", help: "Build.", [["version": "1.0.0"]]),
            .gauge("martlet_input_up", help: "Attached.", [MetricSample(["input": "docker"], 1)]),
        ]
        #expect(
            text(families, accept: Self.openMetrics) == """
                # TYPE martlet_requests counter
                # HELP martlet_requests Requests seen in logs.
                martlet_requests_total{service="shop",route="/a\\"b\\\\c\\nd"} 3
                martlet_requests_total{service="pay"} 4 # {trace_id="abc"} 1 1700000000.123
                # TYPE martlet_request_duration_seconds histogram
                # UNIT martlet_request_duration_seconds seconds
                # HELP martlet_request_duration_seconds Latency \\"as logged\\".
                martlet_request_duration_seconds_bucket{service="shop",le="0.005"} 1
                martlet_request_duration_seconds_bucket{service="shop",le="0.5"} 3 # {trace_id="t"} 0.25 0.005
                martlet_request_duration_seconds_bucket{service="shop",le="1.0"} 3
                martlet_request_duration_seconds_bucket{service="shop",le="10.0"} 7
                martlet_request_duration_seconds_bucket{service="shop",le="+Inf"} 8
                martlet_request_duration_seconds_sum{service="shop"} 12.75
                martlet_request_duration_seconds_count{service="shop"} 8
                # TYPE martlet_build info
                # HELP martlet_build Build.
                martlet_build_info{version="1.0.0"} 1
                # TYPE martlet_input_up gauge
                # HELP martlet_input_up Attached.
                martlet_input_up{input="docker"} 1
                # EOF

                """
        )
    }

    @Test func theOlderTextHasNoUnitsNoExemplarsAndNoEnd() {
        let build = MetricFamily.info("martlet_build", help: "Build.", [["version": "1.0.0"]])
        #expect(
            text([Self.requests, Self.duration, build]) == """
                # HELP martlet_requests_total Requests seen in logs.
                # TYPE martlet_requests_total counter
                martlet_requests_total{service="shop",route="/a\\"b\\\\c\\nd"} 3
                martlet_requests_total{service="pay"} 4
                # HELP martlet_request_duration_seconds Latency "as logged".
                # TYPE martlet_request_duration_seconds histogram
                martlet_request_duration_seconds_bucket{service="shop",le="0.005"} 1
                martlet_request_duration_seconds_bucket{service="shop",le="0.5"} 3
                martlet_request_duration_seconds_bucket{service="shop",le="1.0"} 3
                martlet_request_duration_seconds_bucket{service="shop",le="10.0"} 7
                martlet_request_duration_seconds_bucket{service="shop",le="+Inf"} 8
                martlet_request_duration_seconds_sum{service="shop"} 12.75
                martlet_request_duration_seconds_count{service="shop"} 8
                # HELP martlet_build_info Build.
                # TYPE martlet_build_info gauge
                martlet_build_info{version="1.0.0"} 1

                """
        )
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1, "1"), (-17, "-17"), (0.1, "0.1"), (0.0001, "0.0001"), (0.00001, "1e-05"),
        (2.5e-7, "2.5e-07"), (123_456.75, "123456.75"), (1_234_567.5, "1.2345675e+06"), (1e15, "1e+15"),
        (999_999_999_999_999, "999999999999999"), (1.5e300, "1.5e+300"), (.leastNonzeroMagnitude, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        (0.30000000000000004, "0.30000000000000004"), (-0.25, "-0.25"), (1e21, "1e+21"), (1e100, "1e+100"),
    ])
    func aNumberIsWrittenWithTheFewestDigitsThatGiveItBack(value: Double, expected: String) {
        let family = MetricFamily.gauge("martlet_x", help: "X.", [MetricSample(.none, .number(value))])
        #expect(text([family]).hasSuffix("\nmartlet_x \(expected)\n"))
        if value.isFinite { #expect(Double(expected) == value) }
    }

    @Test(arguments: [
        (0.005, "0.005"), (0.1, "0.1"), (1, "1.0"), (2.5, "2.5"), (10, "10.0"), (100_000, "100000.0"),
        (1_000_000, "1e+06"), (0.00001, "1e-05"), (67.108864, "67.108864"),
    ])
    func aBoundIsWrittenAsPrometheusStoresIt(bound: Double, expected: String) {
        let sample = HistogramSample(counts: [0, 0], sum: 0)
        let family = MetricFamily.histogram("martlet_x", help: "X.", bounds: [bound], [sample])
        #expect(text([family]).contains("martlet_x_bucket{le=\"\(expected)\"} 0\n"))
    }

    @Test(arguments: [Int64.min, -1, 0, 9, 10, 1_234_567_890, Int64.max])
    func anIntegerKeepsAllItsDigits(value: Int64) {
        let family = MetricFamily.gauge("martlet_x", help: "X.", [MetricSample(.none, .integer(value))])
        #expect(text([family]).hasSuffix("\nmartlet_x \(value)\n"))
    }

    @Test func aLabelNameThatIsNoneBecomesOneAndADoubledOneIsLeftOut() {
        let labels = LabelSet([("app.kubernetes.io/name", "a"), ("9", "b"), ("", "c"), ("é", "d"), ("_", "e")])
        let family = MetricFamily.gauge("martlet_x", help: "X.", [MetricSample(labels, 1)])
        #expect(text([family]).contains("martlet_x{app_kubernetes_io_name=\"a\",_9=\"b\",_=\"c\"} 1\n"))
    }

    @Test func anExemplarWithMoreThan128CharactersIsNotWritten() {
        func line(_ length: Int) -> String {
            let exemplar = Exemplar(
                labels: ["trace_id": String(repeating: "ä", count: length - 8)],
                value: 1,
                timestamp: 0
            )
            return text(
                [.counter("martlet_x", help: "X.", [MetricSample(.none, 1, exemplar: exemplar)])],
                accept: Self.openMetrics
            )
        }
        #expect(line(128).contains(" # {"))
        #expect(!line(129).contains(" # {"))
    }

    @Test func familiesOfOneNameBecomeOneAndThoseThatDoNotFitAreLeftOut() {
        let up = { MetricFamily.gauge("martlet_input_up", help: "Attached.", [MetricSample(["input": $0], 1)]) }
        let other = MetricFamily.counter("martlet_input_up", help: "X.", [MetricSample(.none, 7)])
        let result = text([up("docker"), Self.requests, up("journald"), other])
        #expect(result.hasPrefix("# HELP martlet_input_up Attached.\n# TYPE martlet_input_up gauge\n"))
        #expect(result.contains("martlet_input_up{input=\"docker\"} 1\nmartlet_input_up{input=\"journald\"} 1\n"))
        #expect(!result.contains(" 7\n"))
    }

    @Test func aFamilyWithoutSeriesIsNotWritten() {
        #expect(text([.counter("martlet_x", help: "X.", [])], accept: Self.openMetrics) == "# EOF\n")
    }

    @Test func theBodyIsCompressedOnlyWhenTheScraperTakesGzip() {
        let mark: Exposition.Compress = { { piece, _ in [1] + piece } }
        func encoding(_ header: String?) -> String? {
            Exposition(of: [Self.requests], acceptEncoding: header, compress: mark).contentEncoding
        }
        #expect(encoding("gzip") == "gzip")
        #expect(encoding("deflate, gzip;q=0.5") == "gzip")
        #expect(encoding("*") == "gzip")
        #expect(encoding("gzip;q=0") == nil)
        #expect(encoding("br, *;q=0") == nil)
        #expect(encoding(nil) == nil)
        let compressed = Exposition(of: [Self.requests], acceptEncoding: "gzip", compress: mark)
        #expect(compressed.body == [1] + Exposition(of: [Self.requests]).body)
        #expect(Exposition(of: [Self.requests], acceptEncoding: "gzip").contentEncoding == nil)
    }

    @Test func fiftyThousandSeriesAreWrittenInMilliseconds() {
        let samples = (0..<50_000).map { index in
            MetricSample(
                ["service": "service-\(index % 50)", "method": "GET", "route": "/r/\(index)", "status_class": "2xx"],
                .integer(Int64(index) * 7919)
            )
        }
        let family = MetricFamily.counter("martlet_requests", help: "Requests.", samples)
        let start = Self.threadNanoseconds()
        let size = Exposition(of: [family], accept: Self.openMetrics).body.count
        let milliseconds = (Self.threadNanoseconds() - start) / 1_000_000
        print("50,000 series: \(size) bytes in \(milliseconds) ms of CPU")
        #expect(milliseconds < 100)
    }

    private static func threadNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
