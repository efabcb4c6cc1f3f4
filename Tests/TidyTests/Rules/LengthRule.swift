/// Files, functions and parameter lists that a reader can hold in mind.
struct LengthRule: Rule {
    static let fileLines = 500
    static let functionLines = 60
    /// Those without a default.
    static let parameters = 6

    func violations(in file: SourceFile) -> [Violation] {
        let lines = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        var found: [Violation] = []
        if lines > Self.fileLines {
            let message = "the file has \(lines) lines, more than \(Self.fileLines): split it by subject"
            found.append(Violation(file: file.path, line: Self.fileLines + 1, message: message))
        }
        guard file.isSwift else { return found }
        return found + FunctionScanner.functions(in: file).flatMap { problems($0, in: file) }
    }

    private func problems(_ function: FunctionShape, in file: SourceFile) -> [Violation] {
        var messages: [String] = []
        if function.lines > Self.functionLines {
            messages.append("\(function.name) has \(function.lines) lines, more than \(Self.functionLines)")
        }
        if function.parameters > Self.parameters && !function.isInitialiser {
            messages.append("\(function.name) takes \(function.parameters) parameters, more than \(Self.parameters)")
        }
        return messages.map { Violation(file: file.path, line: function.line, message: $0) }
    }
}
