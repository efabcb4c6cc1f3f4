/// Units of Grafana that we use; each is one that dashboard-linter knows.
enum Unit: String, Sendable {
    case none
    case short
    case ratio = "percentunit"
    case seconds = "s"
    case requestsPerSecond = "reqps"
    case perSecond = "ops"
    case bytes
    case bytesPerSecond = "binBps"
    case duration = "dtdurations"
}
