/// A rule of the user with a pattern of its own, compiled once.
struct UserRule: Sendable {
    let name: String
    let pattern: LinearPattern
    let detector: Int

    /// Compiles a rule, or says why it is refused.
    init(name: String, pattern: String, detector: Int) throws(RedactionProblem) {
        self.name = name
        self.detector = detector
        self.pattern = try LinearPattern(pattern)
        try self.pattern.requireSafe()
    }
}
