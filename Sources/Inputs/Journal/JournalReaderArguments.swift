/// What the journal reader is told on its command line: the options, and where to begin.
package struct JournalReaderArguments: Sendable, Equatable {
    package var options: JournalOptions
    /// Where to begin.
    package var begin: JournalCursor
    /// Whether the entry at `begin` itself is wanted.
    package var isInclusive = false
    /// Pass over so much behind `begin`: reading it has crashed.
    package var skipMicroseconds: UInt64 = 0
    /// Read to the present end, then return.
    package var once = false
    /// What is our own log, and is not read back.
    package var own = OwnLog()
    /// How often the position moves on while nothing matches, milliseconds.
    package var sweepMilliseconds: Int64 = 60_000
    /// Another libsystemd, for tests.
    package var library: String?

    /// Arguments that read everything that the options want from `begin` on.
    package init(options: JournalOptions, begin: JournalCursor) {
        self.options = options
        self.begin = begin
    }

    /// As words of a command line.
    package var words: [String] {
        var words = ["--begin", begin.text, "--priority", options.priority.rawValue]
        switch options.source {
        case .local: break
        case .directory(let path): words += ["--directory", path]
        case .namespace(let name): words += ["--namespace", name]
        }
        for unit in options.units { words += ["--unit", unit] }
        for match in options.matches { words += ["--match", match] }
        if skipMicroseconds > 0 { words += ["--skip", String(skipMicroseconds)] }
        if let unit = own.unit { words += ["--own-unit", unit] }
        if let process = own.process { words += ["--own-pid", String(process)] }
        if let name = own.name { words += ["--own-name", name] }
        words += ["--sweep", String(sweepMilliseconds)]
        if let library { words += ["--library", library] }
        if isInclusive { words.append("--inclusive") }
        if once { words.append("--once") }
        return words
    }

    /// Reads the words; nil when they are none of ours.
    package init?(words: [String]) {
        self.init(options: JournalOptions(start: .beginning), begin: JournalCursor(time: 0))
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--inclusive": isInclusive = true
            case "--once": once = true
            default: guard let value = rest.popFirst(), take(word, value) else { return nil }
            }
        }
    }

    private mutating func take(_ word: String, _ value: String) -> Bool {
        switch word {
        case "--directory": options.source = .directory(value)
        case "--namespace": options.source = .namespace(value)
        case "--unit": options.units.append(value)
        case "--match": options.matches.append(value)
        case "--own-unit": own.unit = value
        case "--own-name": own.name = value
        case "--library": library = value
        default: return takeChecked(word, value)
        }
        return true
    }

    /// The words whose values have a form.
    private mutating func takeChecked(_ word: String, _ value: String) -> Bool {
        switch word {
        case "--begin": Self.set(&begin, JournalCursor(value))
        case "--priority": Self.set(&options.priority, JournalOptions.Priority(rawValue: value))
        case "--skip": Self.set(&skipMicroseconds, UInt64(value))
        case "--own-pid": Self.set(&own.process, Int32(value))
        case "--sweep": Self.set(&sweepMilliseconds, Int64(value))
        default: false
        }
    }

    private static func set<T>(_ target: inout T, _ value: T?) -> Bool {
        guard let value else { return false }
        target = value
        return true
    }
}
