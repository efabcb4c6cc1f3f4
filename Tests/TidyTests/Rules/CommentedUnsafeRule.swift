/// Whoever turns a compiler check off says in a comment why the code is right all the same.
struct CommentedUnsafeRule: Rule {
    static let linesAbove = 6
    private static let marks = ["@unchecked Sendable", "nonisolated(unsafe)"]

    func violations(in file: SourceFile) -> [Violation] {
        guard file.isSwift else { return [] }
        return file.codeLines.enumerated().compactMap { index, line in
            guard let mark = Self.marks.first(where: { line.contains($0) }) else { return nil }
            let nearby = file.lines[max(0, index - Self.linesAbove)...index]
            guard !nearby.contains(where: { $0.contains("//") }) else { return nil }
            let message = "\(mark) needs a comment that names the invariant, at most \(Self.linesAbove) lines above"
            return Violation(file: file.path, line: index + 1, message: message)
        }
    }
}
