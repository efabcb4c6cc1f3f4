/// A function, initialiser or subscript as it stands in a file.
struct FunctionShape: Equatable {
    let name: String
    let line: Int
    let parameters: Int
    /// Lines from the keyword to the closing brace; 0 for a requirement without a body.
    let lines: Int
    let isInitialiser: Bool
}

/// Finds functions in masked Swift code by matching brackets; enough of the grammar to count with.
struct FunctionScanner {
    private let code: [UInt8]
    private let file: SourceFile

    static func functions(in file: SourceFile) -> [FunctionShape] {
        let scanner = FunctionScanner(file)
        return scanner.code.indices.compactMap { scanner.function(at: $0) }
    }

    private init(_ file: SourceFile) {
        self.file = file
        code = file.code
    }

    private func function(at start: Int) -> FunctionShape? {
        guard let keyword = ["func", "init", "subscript"].first(where: { isWord($0, at: start) }),
            !isCall(keyword, at: start), let open = openingParenthesis(after: start + keyword.utf8.count),
            let close = closing(of: open)
        else { return nil }
        let firstLine = file.lineNumber(at: start)
        let lines = body(after: close).map { file.lineNumber(at: $0) - firstLine + 1 }
        return FunctionShape(
            name: name(keyword, from: start, to: open),
            line: firstLine,
            parameters: parameters(from: open + 1, to: close),
            lines: lines ?? 0,
            isInitialiser: keyword == "init"
        )
    }

    private func isWord(_ word: String, at start: Int) -> Bool {
        code[start...].starts(with: word.utf8) && !isNameByte(start - 1) && !isNameByte(start + word.utf8.count)
    }

    /// `self.init(…)` and `.init(…)` call an initialiser, `#selector`-like uses aside.
    private func isCall(_ keyword: String, at start: Int) -> Bool {
        keyword != "func" && start > 0 && code[start - 1] == UInt8(ascii: ".")
    }

    private func isNameByte(_ index: Int) -> Bool {
        guard code.indices.contains(index) else { return false }
        switch code[index] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "`"), 0x80...:
            return true
        default: return false
        }
    }

    private func name(_ keyword: String, from start: Int, to open: Int) -> String {
        guard keyword == "func" else { return keyword }
        let declared = code[(start + 4)..<open].drop { $0 == UInt8(ascii: " ") }
        return String(decoding: declared.prefix { $0 != UInt8(ascii: "<") }, as: UTF8.self)
    }

    /// Skips the name and generic parameters; an operator function may hold `<` in its name.
    private func openingParenthesis(after start: Int) -> Int? {
        code[start...].prefix { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "}") }
            .firstIndex(of: UInt8(ascii: "("))
    }

    private func closing(of open: Int) -> Int? {
        var depth = 0
        for index in open..<code.count {
            switch code[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }

    /// Commas outside brackets of any kind, plus one, less those with a default; an arrow's `>` closes nothing.
    private func parameters(from start: Int, to end: Int) -> Int {
        guard code[start..<end].contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }) else {
            return 0
        }
        var depth = 0
        var count = 0
        var lastWasComma = true
        for index in start..<end {
            switch code[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ">") where code[index - 1] != UInt8(ascii: "-"): depth -= 1
            case UInt8(ascii: ",") where depth == 0: lastWasComma = true
            case UInt8(ascii: "=") where depth == 0: count -= 1
            case UInt8(ascii: " "), UInt8(ascii: "\n"): break
            default:
                if lastWasComma { count += 1 }
                lastWasComma = false
            }
        }
        return count
    }

    /// The closing brace of the body, or nil when the declaration ends without one.
    private func body(after close: Int) -> Int? {
        var index = close + 1
        while index < code.count {
            switch code[index] {
            case UInt8(ascii: "{"): return closing(of: index)
            case UInt8(ascii: "}"), UInt8(ascii: ";"): return nil
            case UInt8(ascii: "("), UInt8(ascii: "["):
                guard let end = closing(of: index) else { return nil }
                index = end
            case UInt8(ascii: "\n") where !continues(before: index): return nil
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Whether a signature goes on over the line break at `index`.
    private func continues(before index: Int) -> Bool {
        let next = code[index...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        let openers = ["{", "->", "where ", "throws", "async", "rethrows"]
        if openers.contains(where: { next.starts(with: $0.utf8) }) { return true }
        let before = code[..<index].reversed().first { $0 != UInt8(ascii: " ") }
        return before.map { Array("->,:&=".utf8).contains($0) } ?? false
    }
}
