/// How an output batches, stores and sends; `delivery` gives the defaults and every output may override any.
package struct DeliveryOptions: Sendable, Equatable {
    /// When a batch is closed.
    package var batch: Batch
    /// How request bodies are compressed.
    package var compression: Compression
    /// What waits on disk.
    package var spool: Spool
    /// How long an attempt may take.
    package var timeout: Timeout
    /// When a failed batch is tried again.
    package var retry: Retry
    /// When an output that fails is left alone.
    package var breaker: Breaker

    /// When a batch is closed: whichever comes first.
    package struct Batch: Sendable, Equatable {
        /// Bytes before compression.
        package var bytes: Int
        /// Age of its first record.
        package var age: Duration

        /// Makes options; without arguments they are the defaults.
        package init(bytes: Int = 1 << 20, age: Duration = .seconds(1)) {
            self.bytes = bytes
            self.age = age
        }
    }

    /// How request bodies are compressed.
    package enum Compression: Sendable, Equatable {
        /// The best gzip codec on this host at its fast level.
        case auto
        /// zlib at a level from 1 to 9.
        case level(Int)
        /// Not at all.
        case none
    }

    /// The part of the disk an output may fill.
    package struct Spool: Sendable, Equatable {
        /// Bytes on disk.
        package var bytes: Int
        /// What happens when they are used up.
        package var whenFull: WhenFull

        /// Makes options; without arguments they are the defaults.
        package init(bytes: Int = 1 << 30, whenFull: WhenFull = .wait) {
            self.bytes = bytes
            self.whenFull = whenFull
        }
    }

    /// What an output does whose spool is full.
    package enum WhenFull: String, Sendable, CaseIterable {
        /// Inputs wait: nothing is lost that its source still holds.
        case wait
        /// The oldest segments go, and are counted.
        case dropOldest = "drop_oldest"
    }

    /// How long an attempt may take.
    package struct Timeout: Sendable, Equatable {
        /// Until the connection stands, TLS included.
        package var connect: Duration
        /// From the first byte sent to the last one read.
        package var request: Duration

        /// Makes options; without arguments they are the defaults.
        package init(connect: Duration = .seconds(5), request: Duration = .seconds(30)) {
            self.connect = connect
            self.request = request
        }
    }

    /// Exponential delays with full jitter; never gives up on what can still succeed.
    package struct Retry: Sendable, Equatable {
        /// The first delay's bound.
        package var first: Duration
        /// The largest delay's bound.
        package var max: Duration
        /// Attempts that may be retries, in percent of the batches: 20 means one retry for five batches.
        package var budgetPercent: Int

        /// Makes options; without arguments they are the defaults.
        package init(
            first: Duration = .milliseconds(500),
            max: Duration = .seconds(30),
            budgetPercent: Int = 20
        ) {
            self.first = first
            self.max = max
            self.budgetPercent = budgetPercent
        }
    }

    /// When an output that fails is left alone.
    package struct Breaker: Sendable, Equatable {
        /// Failures in a row that open it.
        package var failures: Int
        /// How long it stays open before one batch probes.
        package var probe: Duration

        /// Makes options; without arguments they are the defaults.
        package init(failures: Int = 5, probe: Duration = .seconds(10)) {
            self.failures = failures
            self.probe = probe
        }
    }

    /// Makes options; without arguments they are the defaults.
    package init(
        batch: Batch = Batch(),
        compression: Compression = .auto,
        spool: Spool = Spool(),
        timeout: Timeout = Timeout(),
        retry: Retry = Retry(),
        breaker: Breaker = Breaker()
    ) {
        self.batch = batch
        self.compression = compression
        self.spool = spool
        self.timeout = timeout
        self.retry = retry
        self.breaker = breaker
    }
}
