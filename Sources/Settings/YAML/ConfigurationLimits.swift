/// Bounds on what a configuration may be, so that a hostile or wrong file costs little.
package enum ConfigurationLimits {
    /// Bytes of one configuration file.
    package static let fileBytes = 1 << 20
    /// Mappings and lists inside each other.
    package static let depth = 32
    /// Values, lists and mappings in one file.
    package static let nodes = 50_000
    /// Bytes of a dotted path: every value holds its own.
    package static let pathBytes = 512
    /// Lines that begin with `%`: libyaml compares each directive with all before it.
    package static let directives = 64
    /// Bytes of a file that `${file:…}` reads: keys, passwords and tokens are far smaller.
    package static let secretBytes = 64 << 10
    /// Bytes of one value after interpolation.
    package static let valueBytes = 1 << 20
    /// Problems that are kept; a file with more is wrong as a whole.
    package static let problems = 200
}
