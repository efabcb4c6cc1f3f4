import Admin
import Testing

@Suite struct ExpositionFormatTests {
    private static let prometheus2 =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
    private static let prometheus3 =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"

    @Test(arguments: [
        (prometheus2, ExpositionFormat.openMetrics), (prometheus3, .openMetrics), ("", .text),
        ("*/*", .text), ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .text),
        ("application/openmetrics-text", .openMetrics), ("application/openmetrics-text;version=9.9", .openMetrics),
        ("APPLICATION/OpenMetrics-Text ; Q=0.9, text/plain;q=0.1", .openMetrics),
        ("application/openmetrics-text;q=0", .text), ("application/openmetrics-text;q=0.2,text/plain;q=0.3", .text),
        ("application/openmetrics-text;q=0.2,text/plain;q=0.1", .openMetrics),
        ("application/openmetrics-text;q=high,text/plain;q=0.1", .text),
        ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;q=0.9", .text),
        (",;,;;q=,", .text), ("application/openmetrics-text;q=99999999999999999999", .text),
    ])
    func theFormatWithTheHighestQualityIsChosen(accept: String?, expected: ExpositionFormat) {
        #expect(ExpositionFormat.negotiate(accept: accept) == expected)
    }

    @Test func aScraperThatAsksForNothingGetsText() {
        #expect(ExpositionFormat.negotiate(accept: nil) == .text)
    }

    @Test func theAnswerNamesItsFormat() {
        #expect(
            ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8"
        )
        #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
    }
}
