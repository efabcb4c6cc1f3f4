extension AgentOptions {
    /// Labels that `agent.labels` may have: each costs bytes on every record.
    private static let maximumLabels = 32
    /// Bytes of a label's value.
    private static let maximumLabelBytes = 1_024
    /// What the program, its tables and the buffers of one worker need at least.
    private static let memoryRange = (48 << 20)...(1 << 40)

    /// Reads `agent`.
    package init(reading reader: ConfigurationReader) {
        let defaults = AgentOptions()
        self.init(
            dataDirectory: Self.directory(reader, default: defaults.dataDirectory),
            listen: Self.listen(reader, default: defaults.listen),
            shutdownTimeout: reader.duration(
                "shutdown_timeout",
                default: defaults.shutdownTimeout,
                in: .zero ... .seconds(3_600)
            ),
            memoryBytes: reader.size("memory_limit", default: defaults.memoryBytes, in: Self.memoryRange),
            labels: Self.labels(reader)
        )
    }

    private static func directory(_ reader: ConfigurationReader, default: String) -> String {
        let directory = reader.string("data_dir", default: `default`)
        if directory.isEmpty { reader.report("data_dir", "is empty", "write a folder such as \(`default`)") }
        return directory
    }

    private static func listen(_ reader: ConfigurationReader, default: ListenAddress) -> ListenAddress {
        guard let scalar = reader.scalar("listen") else { return `default` }
        guard let address = ListenAddress(parsing: scalar.text) else {
            let advice = "write HOST:PORT such as \(`default`) or [::1]:14464"
            reader.note("listen", "\(scalar.shown) is no address", advice)
            return `default`
        }
        return address
    }

    private static func labels(_ reader: ConfigurationReader) -> [Label] {
        let pairs = reader.pairs("labels")
        if pairs.count > maximumLabels {
            reader.report("labels", "more than \(maximumLabels) labels", "keep those that every record needs")
        }
        for entry in reader.node("labels")?.entries ?? [] {
            if !isLabelName(entry.key) {
                let problem = "\(MessageText.quoted(entry.key)) is no label name"
                reader.report(at: entry.value, problem, "use letters, digits and _, with no digit and no __ first")
            }
            if let scalar = entry.value.scalar, scalar.text.utf8.count > maximumLabelBytes {
                reader.report(at: entry.value, "is longer than \(maximumLabelBytes) bytes", "shorten it")
            }
        }
        return pairs.prefix(maximumLabels).map { Label(name: $0.key, value: $0.value) }
    }

    private static func isLabelName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first), !name.hasPrefix("__") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
