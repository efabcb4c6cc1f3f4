/// Blanks comments and string contents, so that a rule which looks for a word finds it in code only.
///
/// Code inside an interpolation stays visible. Lengths and line breaks are kept, so offsets and line numbers hold.
struct CodeMask {
    private let input: [UInt8]
    private var output: [UInt8]
    private var position = 0

    static func blank(_ text: String) -> [UInt8] {
        var mask = CodeMask(text)
        mask.code(untilParenthesis: false)
        return mask.output
    }

    private init(_ text: String) {
        input = Array(text.utf8)
        output = input
    }

    private func starts(with text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard position + length <= input.count else { return false }
        return (0..<length).allSatisfy { input[position + $0] == text.utf8Start[$0] }
    }

    private mutating func hide(_ count: Int = 1) {
        for _ in 0..<count where position < input.count {
            if input[position] != UInt8(ascii: "\n") { output[position] = UInt8(ascii: " ") }
            position += 1
        }
    }

    /// Walks code, to the end or to the parenthesis that closes an interpolation.
    private mutating func code(untilParenthesis: Bool) {
        var depth = 0
        while position < input.count {
            if starts(with: "//") {
                lineComment()
            } else if starts(with: "/*") {
                blockComment()
            } else if let hashes = openingOfString() {
                string(hashes: hashes)
            } else {
                if input[position] == UInt8(ascii: "(") { depth += 1 }
                if input[position] == UInt8(ascii: ")") {
                    if untilParenthesis && depth == 0 { return }
                    depth -= 1
                }
                position += 1
            }
        }
    }

    private mutating func lineComment() {
        while position < input.count, input[position] != UInt8(ascii: "\n") { hide() }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                hide(2)
            } else if starts(with: "*/") {
                depth -= 1
                hide(2)
            } else {
                hide()
            }
        } while depth > 0 && position < input.count
    }

    /// The number of `#` before the quote that opens a string here, or nil.
    private func openingOfString() -> Int? {
        var index = position
        while index < input.count, input[index] == UInt8(ascii: "#") { index += 1 }
        guard index < input.count, input[index] == UInt8(ascii: "\"") else { return nil }
        return index - position
    }

    private mutating func string(hashes: Int) {
        position += hashes
        let quotes = starts(with: "\"\"\"") ? 3 : 1
        position += quotes
        let closing = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + hashMarks(hashes)
        let escape = [UInt8(ascii: "\\")] + hashMarks(hashes)
        while position < input.count {
            if input[position...].starts(with: closing) {
                position += closing.count
                return
            }
            if input[position...].starts(with: escape) {
                escaped(escape.count)
            } else if quotes == 1 && input[position] == UInt8(ascii: "\n") {
                return
            } else {
                hide()
            }
        }
    }

    private mutating func escaped(_ length: Int) {
        hide(length)
        guard position < input.count, input[position] == UInt8(ascii: "(") else { return hide() }
        position += 1
        code(untilParenthesis: true)
        // The closing parenthesis stays visible as the opening one does, so that brackets still match.
        position += 1
    }

    private func hashMarks(_ count: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "#"), count: count)
    }
}
