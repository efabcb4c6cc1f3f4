package import Settings

extension JournalOptions {
    /// Reads `inputs.journald`.
    package init(reading reader: ConfigurationReader) {
        let units = reader.strings("units", default: [])
        let matches = reader.strings("matches", default: [])
        self.init(
            units: units.map(Self.unitName),
            matches: matches,
            priority: reader.choice("priority", default: .debug),
            source: Self.source(reader),
            start: Self.start(reader)
        )
        if let pattern = units.first(where: { $0.isEmpty || $0.utf8.contains { "*?[\n".utf8.contains($0) } }) {
            reader.report("units", "`\(pattern)` is no unit's name", "write whole names such as nginx.service")
        }
        if let faulty = matches.first(where: { !Self.isMatch($0) }) {
            reader.report("matches", "`\(faulty)` is no match", "write FIELD=value, such as _TRANSPORT=kernel")
        }
    }

    /// A unit's full name: without a suffix it is a service, as for `journalctl --unit`.
    package static func unitName(_ text: String) -> String {
        let suffixes = [
            ".service", ".socket", ".device", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".slice",
            ".scope",
        ]
        return suffixes.contains { text.hasSuffix($0) } ? text : text + ".service"
    }

    /// Whether a text is `FIELD=value` with a name that journald can have given.
    package static func isMatch(_ text: String) -> Bool {
        guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        let name = text.utf8[..<sign]
        guard (1...64).contains(name.count), let first = name.first, !(48...57).contains(first) else { return false }
        return name.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
            && !text.utf8.contains(0)
    }

    private static func source(_ reader: ConfigurationReader) -> Source {
        let directory = reader.optionalString("directory")
        let namespace = reader.optionalString("namespace")
        switch (directory, namespace) {
        case (let path?, nil):
            if !path.hasPrefix("/") {
                reader.report("directory", "`\(path)` is not absolute", "write the whole path")
            }
            return .directory(path)
        case (nil, let name?):
            if name.isEmpty || name.utf8.contains(UInt8(ascii: "/")) {
                reader.report("namespace", "`\(name)` is no namespace", "write the name alone")
            }
            return .namespace(name)
        case (_?, _?):
            reader.report("namespace", "stands beside `directory`", "keep one of the two")
            return .local
        case (nil, nil): return .local
        }
    }

    private static func start(_ reader: ConfigurationReader) -> Start {
        switch reader.string("start", default: "now") {
        case "now": return .now
        case "beginning": return .beginning
        case let text:
            if let duration = DurationText.parse(text) { return .ago(duration) }
            reader.report("start", "`\(text)` is no start", "write beginning, now, or how far back, such as 15m")
            return .now
        }
    }
}
