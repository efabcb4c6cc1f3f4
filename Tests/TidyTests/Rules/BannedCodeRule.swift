/// Words and marks that do not land, with what to write instead.
struct BannedCodeRule: Rule {
    private static let words: [(word: String, advice: String)] = [
        ("public", "is for libraries, and we export none: write package"),
        ("Regex", "backtracks: write a small automaton, or RE2 behind a literal"),
        ("NSRegularExpression", "backtracks: write a small automaton, or RE2 behind a literal"),
        ("DateFormatter", "is slow and pulls Foundation: format integers"),
    ]

    private static let wordsInRecordPath: [(word: String, advice: String)] = [
        ("async", "RecordPath is called by the batch and never waits"),
        ("await", "RecordPath is called by the batch and never waits"),
        ("Task", "RecordPath is called by the batch and never waits"),
        ("clock_gettime", "RecordPath knows no clock: take the time as a parameter"),
        ("gettimeofday", "RecordPath knows no clock: take the time as a parameter"),
        ("ContinuousClock", "RecordPath knows no clock: take the time as a parameter"),
        ("SuspendingClock", "RecordPath knows no clock: take the time as a parameter"),
        ("fopen", "RecordPath does no I/O"),
    ]

    func violations(in file: SourceFile) -> [Violation] {
        var found: [Violation] = []
        for (index, line) in file.lines.enumerated() {
            for mark in ["TODO", "FIXME"] where Self.contains(mark, in: line) {
                found.append(Violation(file: file.path, line: index + 1, message: "\(mark): do it, or file an issue"))
            }
        }
        guard file.isSwift else { return found }
        let words = Self.words + (file.target == "RecordPath" ? Self.wordsInRecordPath : [])
        for (index, line) in file.codeLines.enumerated() {
            for (word, advice) in words where Self.contains(word, in: line[...]) {
                found.append(Violation(file: file.path, line: index + 1, message: "\(word): \(advice)"))
            }
            if Self.forcesUnwrapping(line) {
                let message = "! traps on nil: use guard, if let or ??, or a precondition that says why"
                found.append(Violation(file: file.path, line: index + 1, message: message))
            }
        }
        return found
    }

    private static func contains(_ word: String, in line: Substring) -> Bool {
        line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == word }
    }

    /// A `!` that follows an expression or a type: `x!`, `f()!`, `as!`, `try!`, `Int!`; not `!x` and not `x != y`.
    static func forcesUnwrapping(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        return bytes.indices.dropFirst().contains { index in
            guard bytes[index] == UInt8(ascii: "!") else { return false }
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: " ")
            return next != UInt8(ascii: "=") && endsExpression(bytes[index - 1])
        }
    }

    private static func endsExpression(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ")"), UInt8(ascii: "]"),
            UInt8(ascii: "}"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "`"), 0x80...:
            return true
        default: return false
        }
    }
}
