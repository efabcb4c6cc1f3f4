/// What one tenant of the contract server has stored, and Loki's rules for taking more.
struct LokiContractStore {
    /// One stored stream.
    struct Stream {
        var entries: [LokiContractEntry] = []
        /// Entries since the last chunk was cut: only these are looked at for duplicates.
        var head: Set<LokiContractEntry> = []
        var newest = Int64.min
    }

    /// What became of one push.
    struct Result {
        var distributorErrors: [String] = []
        var ingesterErrors: [String] = []
        var stored = 0
        var duplicates = 0
    }

    var limits: LokiContractLimits
    var streams: [[String: String]: Stream] = [:]

    init(limits: LokiContractLimits) {
        self.limits = limits
    }

    /// Stores what is valid, as Loki does, also when some is not.
    mutating func push(_ streams: [LokiContractPush.Stream], now: Int64) -> Result {
        var result = Result()
        for stream in streams {
            guard let labels = check(stream, &result) else { continue }
            let valid = stream.entries.filter { entry in
                guard let error = error(entry, stream.text, now) else { return true }
                result.distributorErrors.append(error)
                return false
            }
            ingest(valid, labels, stream.text, &result)
        }
        return result
    }

    /// A chunk is cut: what came before is no longer looked at for duplicates.
    mutating func cutChunks() {
        for labels in streams.keys { streams[labels]?.head = [] }
    }

    /// The labels that Loki will use; nil when the stream is refused with all its entries.
    private func check(_ stream: LokiContractPush.Stream, _ result: inout Result) -> [String: String]? {
        guard var labels = stream.labels else {
            refuse(stream, "error parsing labels '\(stream.text)' with error: syntax error: unexpected $end", &result)
            return nil
        }
        guard !labels.isEmpty else {
            refuse(stream, "error at least one label pair is required per stream", &result)
            return nil
        }
        if labels["service_name"] == nil { labels["service_name"] = "unknown_service" }
        if labels.count > limits.labelNames {
            let count = labels.count
            refuse(
                stream,
                "entry for stream '\(stream.text)' has \(count) label names; limit \(limits.labelNames)",
                &result
            )
            return nil
        }
        for (name, value) in labels {
            if name.utf8.count > limits.labelNameBytes {
                refuse(stream, "stream '\(stream.text)' has label name too long: '\(name)'", &result)
                return nil
            }
            if value.utf8.count > limits.labelValueBytes {
                refuse(stream, "stream '\(stream.text)' has label value too long: '\(value)'", &result)
                return nil
            }
        }
        return labels
    }

    private func refuse(_ stream: LokiContractPush.Stream, _ error: String, _ result: inout Result) {
        for _ in stream.entries { result.distributorErrors.append(error) }
    }

    private func error(_ entry: LokiContractEntry, _ stream: String, _ now: Int64) -> String? {
        let oldest = now - Int64(limits.oldestHours) * 3_600_000_000_000
        if entry.time < oldest {
            return "entry for stream '\(stream)' has timestamp too old: \(entry.time), oldest acceptable timestamp is: "
                + "\(oldest)"
        }
        if entry.time > now + Int64(limits.newestMinutes) * 60_000_000_000 {
            return "entry for stream '\(stream)' has timestamp too new: \(entry.time)"
        }
        if entry.line.utf8.count > limits.lineBytes {
            return
                "max entry size '\(limits.lineBytes)' bytes exceeded for stream '\(stream)' while adding an entry with "
                + "length '\(entry.line.utf8.count)' bytes"
        }
        return metadataError(entry, stream)
    }

    private func metadataError(_ entry: LokiContractEntry, _ stream: String) -> String? {
        guard !entry.metadata.isEmpty else { return nil }
        if !limits.allowsMetadata {
            return "stream '\(stream)' includes structured metadata, but this feature is disallowed. Please see "
                + "`limits_config.allow_structured_metadata` or contact your Loki administrator to enable it"
        }
        let bytes = entry.metadata.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        if bytes > limits.metadataBytes {
            return
                "stream '\(stream)' has structured metadata too large: '\(bytes)' bytes, limit: '\(limits.metadataBytes)'"
        }
        if entry.metadata.count > limits.metadataCount {
            return "stream '\(stream)' has too many structured metadata labels: '\(entry.metadata.count)', limit: "
                + "'\(limits.metadataCount)'"
        }
        return nil
    }

    /// The ingester's part: too far behind is refused, exact duplicates vanish without a word.
    private mutating func ingest(
        _ entries: [LokiContractEntry],
        _ labels: [String: String],
        _ text: String,
        _ result: inout Result
    ) {
        guard !entries.isEmpty else { return }
        // Taken out while it changes, so that nothing is copied.
        var stream = streams.removeValue(forKey: labels) ?? Stream()
        var behind: [String] = []
        for var entry in entries {
            let oldest = stream.newest == .min ? .min : stream.newest - Int64(limits.behindMinutes) * 60_000_000_000
            if entry.time < oldest {
                behind.append(
                    "entry with timestamp \(entry.time) ignored, reason: 'entry too far behind, entry timestamp is: "
                        + "\(entry.time), oldest acceptable timestamp is: \(oldest)',\n"
                )
                continue
            }
            stream.newest = max(stream.newest, entry.time)
            // What `discover_log_levels` adds.
            if labels["level"] == nil, entry.metadata["level"] == nil { entry.metadata["detected_level"] = "unknown" }
            guard stream.head.insert(entry).inserted else {
                result.duplicates += 1
                continue
            }
            stream.entries.append(entry)
            result.stored += 1
        }
        streams[labels] = stream
        guard !behind.isEmpty else { return }
        // Ten of them are listed at most.
        result.ingesterErrors.append(
            behind.prefix(10).joined()
                + "user 'fake', total ignored: \(behind.count) out of \(entries.count) for stream: \(text)"
        )
    }
}
