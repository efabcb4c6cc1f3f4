extension DeliveryOptions {
    /// Reads `delivery`, or the keys of an output that override it: pass the output's reader and the options of
    /// `delivery` as the defaults.
    package init(reading reader: ConfigurationReader, defaults: DeliveryOptions = DeliveryOptions()) {
        self.init(
            batch: Batch(reading: reader.child("batch"), defaults: defaults.batch),
            compression: Self.compression(reader, default: defaults.compression),
            spool: Spool(reading: reader.child("spool"), defaults: defaults.spool),
            timeout: Timeout(reading: reader.child("timeout"), defaults: defaults.timeout),
            retry: Retry(reading: reader.child("retry"), defaults: defaults.retry),
            breaker: Breaker(reading: reader.child("breaker"), defaults: defaults.breaker)
        )
        reportContradictions(reader)
    }

    /// What each value alone does not show.
    private func reportContradictions(_ reader: ConfigurationReader) {
        if retry.first > retry.max {
            reader.child("retry").report(
                "first",
                "\(DurationText.format(retry.first)) is longer than `max`, \(DurationText.format(retry.max))",
                "make `first` the shorter one"
            )
        }
        if timeout.connect > timeout.request {
            reader.child("timeout").report(
                "connect",
                "\(DurationText.format(timeout.connect)) is longer than `request`, "
                    + DurationText.format(timeout.request),
                "a request includes its connection; make `connect` the shorter one"
            )
        }
        // A segment is dropped or waited for whole, so that a lane needs room for a few batches.
        if spool.bytes / 4 < batch.bytes {
            reader.child("spool").report(
                "bytes",
                "\(SizeText.format(spool.bytes)) holds fewer than four batches of \(SizeText.format(batch.bytes))",
                "give the spool more or make `batch.bytes` smaller"
            )
        }
    }

    private static func compression(_ reader: ConfigurationReader, default: Compression) -> Compression {
        guard let scalar = reader.scalar("compression") else { return `default` }
        switch scalar.text {
        case "auto": return .auto
        case "none": return .none
        default: break
        }
        if scalar.text.utf8.count == 1, let level = Int(scalar.text), (1...9).contains(level) { return .level(level) }
        reader.report(
            "compression",
            "\(scalar.shown) is no compression",
            "write auto, none, or zlib's level from 1 to 9"
        )
        return `default`
    }
}

extension DeliveryOptions.Batch {
    /// Reads `batch`.
    fileprivate init(reading reader: ConfigurationReader, defaults: Self) {
        // 16 MiB is far above what any output takes in one request by default.
        bytes = reader.size("bytes", default: defaults.bytes, in: (4 << 10)...(16 << 20))
        age = reader.duration("age", default: defaults.age, in: .milliseconds(10) ... .seconds(300))
    }
}

extension DeliveryOptions.Spool {
    /// Reads `spool`.
    fileprivate init(reading reader: ConfigurationReader, defaults: Self) {
        bytes = reader.size("bytes", default: defaults.bytes, in: (1 << 20)...(1 << 50))
        whenFull = reader.choice("when_full", default: defaults.whenFull)
    }
}

extension DeliveryOptions.Timeout {
    /// Reads `timeout`.
    fileprivate init(reading reader: ConfigurationReader, defaults: Self) {
        let range = Duration.milliseconds(10) ... .seconds(3_600)
        connect = reader.duration("connect", default: defaults.connect, in: range)
        request = reader.duration("request", default: defaults.request, in: range)
    }
}

extension DeliveryOptions.Retry {
    /// Reads `retry`.
    fileprivate init(reading reader: ConfigurationReader, defaults: Self) {
        let range = Duration.milliseconds(1) ... .seconds(3_600)
        first = reader.duration("first", default: defaults.first, in: range)
        max = reader.duration("max", default: defaults.max, in: range)
        budgetPercent = reader.percent("budget", default: defaults.budgetPercent, in: 1...100)
    }
}

extension DeliveryOptions.Breaker {
    /// Reads `breaker`.
    fileprivate init(reading reader: ConfigurationReader, defaults: Self) {
        failures = reader.integer("failures", default: defaults.failures, in: 1...1_000)
        probe = reader.duration("probe", default: defaults.probe, in: .milliseconds(10) ... .seconds(3_600))
    }
}
