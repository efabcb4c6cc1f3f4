/// How batches of one output are made, kept and sent.
package struct DeliveryOptions: Sendable {
    /// What happens when the spool is full.
    package enum WhenFull: String, Sendable, CaseIterable {
        case wait
        case dropOldest = "drop_oldest"
    }

    /// A batch is sealed at this size, before compression …
    package var batchBytes: Int
    /// … or this long after its first record.
    package var batchAge: Duration
    package var compression: CompressionLevel
    /// Room on disk for what is not yet delivered.
    package var spoolBytes: Int
    package var whenFull: WhenFull
    package var connectTimeout: Duration
    package var requestTimeout: Duration
    /// Upper end of the first delay before a retry …
    package var retryFirst: Duration
    /// … and of every later one.
    package var retryMax: Duration
    /// Retries allowed at full speed, in percent of first tries.
    package var retryBudget: Int
    /// Failures in a row that open the breaker.
    package var breakerFailures: Int
    /// Time between tries while it is open.
    package var breakerProbe: Duration

    /// Makes options.
    package init(
        batchBytes: Int = 1 << 20,
        batchAge: Duration = .seconds(1),
        compression: CompressionLevel = .auto,
        spoolBytes: Int = 1 << 30,
        whenFull: WhenFull = .wait,
        connectTimeout: Duration = .seconds(5),
        requestTimeout: Duration = .seconds(30),
        retryFirst: Duration = .milliseconds(500),
        retryMax: Duration = .seconds(30),
        retryBudget: Int = 20,
        breakerFailures: Int = 5,
        breakerProbe: Duration = .seconds(10)
    ) {
        self.batchBytes = batchBytes
        self.batchAge = batchAge
        self.compression = compression
        self.spoolBytes = spoolBytes
        self.whenFull = whenFull
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.retryFirst = retryFirst
        self.retryMax = retryMax
        self.retryBudget = retryBudget
        self.breakerFailures = breakerFailures
        self.breakerProbe = breakerProbe
    }
}
