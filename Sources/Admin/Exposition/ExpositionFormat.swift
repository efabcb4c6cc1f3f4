/// How `/metrics` is written.
package enum ExpositionFormat: Sendable, Equatable {
    /// OpenMetrics 1.0: with units and exemplars.
    case openMetrics
    /// Prometheus text 0.0.4, which every scraper reads.
    case text

    /// The `Content-Type` of the answer.
    package var contentType: String {
        switch self {
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        }
    }

    /// The format that an `Accept` header likes best; text where it names none that we write.
    ///
    /// OpenMetrics is sent only when asked for by name: a person's browser or `curl` gets text. An OpenMetrics version
    /// that we do not know is answered with 1.0.0, as the standard demands.
    package static func negotiate(accept: String?) -> ExpositionFormat {
        var best = (quality: 0, format: ExpositionFormat.text)
        for item in QualityList.parse(accept ?? "") where item.quality > best.quality {
            switch item.name {
            case "application/openmetrics-text": best = (item.quality, .openMetrics)
            case "text/plain", "text/*", "*/*": best = (item.quality, .text)
            default: break
            }
        }
        return best.format
    }
}
