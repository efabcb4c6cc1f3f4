/// What a key means to Martlet, and how strongly.
package struct CanonicalName: Sendable, Equatable {
    /// The canonical field.
    package var meaning: Meaning
    /// Where a line has several keys of one canonical field, the lowest rank wins; then the first in the line.
    package var rank: UInt8
    /// How numbers under a level key are read.
    package var levelScale: LevelScale

    /// A key that means nothing special.
    package static let other = CanonicalName(meaning: .other, rank: .max)

    /// Makes a name.
    package init(meaning: Meaning, rank: UInt8, levelScale: LevelScale = .plain) {
        self.meaning = meaning
        self.rank = rank
        self.levelScale = levelScale
    }
}

/// How a logger counts its levels; the key tells.
package enum LevelScale: UInt8, Sendable, CaseIterable {
    /// pino and bunyan (10 trace … 60 fatal) and Monolog (100 debug … 600 emergency).
    case plain
    /// Syslog, journald and GELF: 0 emergency … 7 debug.
    case syslog
    /// OpenTelemetry's severity number, 1…24.
    case openTelemetry
    /// Python's `levelno`: 10 debug … 50 critical.
    case python
    /// Logback's and log4j's `level_value`: 5000 trace … 50000 fatal.
    case logback
    /// Nextcloud and Application Insights: 0 debug … 4 fatal.
    case fromZero
    /// No numbers: under such a key they count something else.
    case words
}
