/// A pattern of the user, compiled once.
struct UserRule: Sendable {
    let name: String
    /// Literals of which one stands in every match.
    let literals: [[UInt8]]
    let foldsCase: Bool
    let detector: Int

    /// Compiles a rule, or says why it cannot be.
    static func make(name: String, pattern: String, detector: Int) -> Result<UserRule, RedactionProblem> {
        .failure(RedactionProblem(key: "pattern", problem: "patterns are not built in here", advice: "leave the rule out"))
    }
}
