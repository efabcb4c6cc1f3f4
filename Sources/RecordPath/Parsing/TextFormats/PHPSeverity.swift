/// How PHP's error log names a severity: `PHP Fatal error:  Uncaught …`.
enum PHPSeverity {
    /// Steps over it at the cursor, with its colon; nil, and not moved, where none stands.
    static func read(_ cursor: inout ByteCursor) -> Level? {
        guard cursor.starts(with: "PHP ") else { return nil }
        for (name, level) in names where cursor.take(name) { return level }
        return nil
    }

    private static let names: [(name: StaticString, level: Level)] = [
        ("PHP Fatal error:", .fatal), ("PHP Parse error:", .fatal), ("PHP Recoverable fatal error:", .error),
        ("PHP Warning:", .warn), ("PHP Deprecated:", .warn), ("PHP Notice:", .info), ("PHP Stack trace:", .error),
    ]
}
