/// What the configuration makes of the record path: immutable, shared by all workers.
package struct RecordPlan: Sendable {
    package var lexicon: FieldLexicon
    package var formats = FormatChoice()
    /// Which lines become one record.
    package var multiline = MultilineChoice.off
    /// Bytes of lines that a worker holds at most while they wait for more of their record.
    package var heldBytes = 8 << 20
    /// How long a request id is remembered with its trace, nanoseconds; 0: not at all.
    package var remember: Int64 = 0
    /// Where workers tell each other of ids; nil: each keeps its own.
    package var exchange: IDExchange?
    /// The sources of all workers, as Loki sees them.
    package var lokiSources = LokiSources()
    /// Services that there is room for; nil: all.
    package var services: ServiceRegister?
    /// Where workers take what they have learnt of lines from.
    package var tables = TableBudget()
    /// Entries of a worker's memory of ids.
    package var idEntries = 65_536
    /// Bytes of keys that a worker knows before it begins anew.
    package var keyBytes = 4 << 20
    package var redaction: RedactionPolicy
    package var loki: LokiPlan?
    package var documents: DocumentPlan?
    /// Latency buckets, nanoseconds, ascending.
    package var latencyBounds: [Int64]
    /// Series per metric before `__other__`.
    package var maximumSeries: Int
    /// Route templates of the configuration (`/users/{id}`, `/static/*`); others are recognised.
    package var routes: [String]
    /// The SLOs; nil: there are none.
    package var objectives: ObjectivePlan?
    /// A record for which one of these holds goes to no output, once it is counted.
    package var drops: [Expression] = []
    /// Which requests are errors; nil: `status >= 500 or level in ["error", "fatal"]`.
    package var errors: Expression?
    /// The attributes that all expressions name.
    package var attributes = AttributeNames()
    /// Lines are documents of our own archive, which hold other fields one level down.
    package var readsDocuments = false
    /// Where somebody may watch; nil: nowhere.
    package var tap: RecordTap?
    /// Compute signals and SLOs; off only to measure what they cost.
    package var observes = true
    /// Replace impossible times by the source's; off in commands that take their clock from the records.
    package var replacesTimes: Bool

    /// The buckets of a configuration that names none.
    package static let defaultBounds: [Int64] = [
        5_000_000, 10_000_000, 25_000_000, 50_000_000, 75_000_000, 100_000_000, 250_000_000, 500_000_000,
        750_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 7_500_000_000, 10_000_000_000,
    ]

    /// Makes a plan.
    package init(
        lexicon: FieldLexicon,
        redaction: RedactionPolicy,
        loki: LokiPlan? = nil,
        documents: DocumentPlan? = nil,
        latencyBounds: [Int64] = defaultBounds,
        maximumSeries: Int = 5000,
        routes: [String] = [],
        replacesTimes: Bool = true
    ) {
        self.lexicon = lexicon
        self.redaction = redaction
        self.loki = loki
        self.documents = documents
        self.latencyBounds = latencyBounds
        self.maximumSeries = maximumSeries
        self.routes = routes
        self.replacesTimes = replacesTimes
    }
}
