import Logging

/// Hands the events of one logger to ``SelfLog``.
struct SelfLogHandler: LogHandler {
    let log: SelfLog
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(log: SelfLog, level: Logger.Level) {
        self.log = log
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }
        fields.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { fields["error"] = .string("\(error)") }
        log.log(event.level, event.message.description, fields.map { (name: $0.key, value: "\($0.value)") })
    }
}
