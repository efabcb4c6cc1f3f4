import Settings

/// Cuts an expression into tokens.
struct ExpressionLexer {
    private let bytes: [UInt8]
    private var position = 0

    /// Every token of a text, with `end` as the last.
    static func tokens(of bytes: [UInt8]) throws(ExpressionProblem) -> [ExpressionToken] {
        var lexer = ExpressionLexer(bytes: bytes)
        var tokens: [ExpressionToken] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func next() throws(ExpressionProblem) -> ExpressionToken {
        while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
        let start = position
        guard let byte else { return ExpressionToken(kind: .end, range: start..<start) }
        let kind: ExpressionToken.Kind
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): kind = .string(try string(quote: byte))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): kind = try value()
        case _ where Self.beginsWord(byte): kind = try word()
        default: kind = try sign()
        }
        return ExpressionToken(kind: kind, range: start..<position)
    }

    /// A quoted text; a backslash takes the next byte along.
    private mutating func string(quote: UInt8) throws(ExpressionProblem) -> Range<Int> {
        let start = position
        position += 1
        while let byte {
            if byte == quote {
                position += 1
                return (start + 1)..<(position - 1)
            }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        position = bytes.count
        let sign = quote == UInt8(ascii: "'") ? "'" : "\""
        throw ExpressionProblem(offset: start, problem: "the text has no end", advice: "close it with \(sign)")
    }

    /// A number or a duration.
    private mutating func value() throws(ExpressionProblem) -> ExpressionToken.Kind {
        let start = position
        position += 1
        // 0xC2 0xB5 is µ.
        while let byte, Self.isWordByte(byte) && byte != UInt8(ascii: "-") || byte == 0xC2 || byte == 0xB5 {
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let number = ExactDecimal(parsing: text) { return .number(number) }
        if let duration = DurationText.parse(text), let nanoseconds = duration.wholeNanoseconds {
            return .duration(nanoseconds)
        }
        throw ExpressionProblem(
            offset: start,
            problem: "\(MessageText.quoted(text)) is neither a number nor a duration",
            advice: "write a number such as 500 or 0.25, a duration such as 300ms, or text between quotes"
        )
    }

    /// A keyword, a field, or an attribute whose name may be quoted: `attributes."odd name"`.
    private mutating func word() throws(ExpressionProblem) -> ExpressionToken.Kind {
        let start = position
        while let byte, Self.isWordByte(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard text.hasSuffix("."), let quote = byte, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return .word(text)
        }
        let name = try string(quote: quote)
        return .word(text + (try ExpressionText.unescaped(bytes, name)))
    }

    private mutating func sign() throws(ExpressionProblem) -> ExpressionToken.Kind {
        let start = position
        let pair = String(decoding: bytes[start..<min(start + 2, bytes.count)], as: UTF8.self)
        if let advice = Self.foreignSigns[pair] {
            throw ExpressionProblem(offset: start, problem: "`\(pair)` is no sign of expressions", advice: advice)
        }
        for length in [2, 1] where start + length <= bytes.count {
            let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
            if let kind = Self.signs[text] {
                position += length
                return kind
            }
        }
        // A character may be several bytes; the message shows a whole one.
        let rest = String(decoding: bytes[start..<min(start + 4, bytes.count)], as: UTF8.self)
        let character = rest.unicodeScalars.first.map { String($0) } ?? ""
        throw ExpressionProblem(
            offset: start,
            problem: "\(MessageText.quoted(character)) is no sign of expressions",
            advice: Self.foreignSigns[character] ?? "write == != < <= > >= =~ in, and or not, or parentheses"
        )
    }

    private static let signs: [String: ExpressionToken.Kind] = [
        "==": .comparison(.equal), "!=": .comparison(.notEqual), "<": .comparison(.less),
        "<=": .comparison(.lessOrEqual), ">": .comparison(.greater), ">=": .comparison(.greaterOrEqual),
        "=~": .comparison(.matches), "(": .openParenthesis, ")": .closeParenthesis, "[": .openBracket,
        "]": .closeBracket, ",": .comma,
    ]

    private static let foreignSigns: [String: String] = [
        "&&": "write `and`", "||": "write `or`", "!~": "write `not (field =~ \"pattern\")`", "<>": "write `!=`",
        "=": "write `==`", "!": "write `not`", "&": "write `and`", "|": "write `or`",
    ]

    private static func beginsWord(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "@")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        beginsWord(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}

extension Duration {
    /// The duration in nanoseconds; nil where that is no Int64.
    package var wholeNanoseconds: Int64? {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carry ? nil : sum
    }
}
