/// How large an expression may be; what is larger is refused at load.
package enum ExpressionLimits {
    /// Bytes of the text.
    package static let textBytes = 4_096
    /// Parentheses and `not` inside one another.
    package static let depth = 32
    /// Comparisons.
    package static let comparisons = 256
    /// Values of one list.
    package static let listItems = 256
    /// Attributes named by all expressions of a configuration together.
    package static let attributes = 256
    /// Bytes of a pattern.
    package static let patternBytes = 1_024
    /// Groups inside one another in a pattern.
    package static let patternDepth = 32
    /// Places of a pattern at which a byte is compared; also the bits of its automaton.
    package static let patternPositions = 256
    /// Steps of a pattern's graph before it is made an automaton.
    package static let patternSteps = 4_096
}
