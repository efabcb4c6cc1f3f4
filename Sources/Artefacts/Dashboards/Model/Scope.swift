/// Label matchers that follow the variables of a dashboard.
enum Scope {
    static let agent = "job=~\"$job\", instance=~\"$instance\""
    static let service = agent + ", service=~\"$service\""
    static let route = service + ", route=~\"$route\""
    static let slo = "sloth_service=~\"$service\", sloth_slo=\"$slo\""

    /// A sum of rates.
    static func rate(_ series: String, _ scope: String, by labels: String) -> String {
        "sum by (\(labels)) (rate(\(series){\(scope)}[$__rate_interval]))"
    }

    /// Errors per request.
    static func errorRatio(_ scope: String, by labels: String) -> String {
        rate("martlet_request_errors_total", scope, by: labels) + " / ("
            + rate("martlet_requests_total", scope, by: labels) + " > 0)"
    }

    /// A quantile of latency.
    static func latency(_ quantile: String, _ scope: String, by labels: String) -> String {
        let name = "martlet_request_duration_seconds_bucket"
        return "histogram_quantile(\(quantile), \(rate(name, scope, by: labels.isEmpty ? "le" : labels + ", le")))"
    }
}
