/// A piece of a query.
enum MetricQueryToken: Equatable {
    case word(String)
    case string(String)
    case sign(String)
    /// What stands between brackets.
    case range

    /// The tokens of a query; nil where a text or a range has no end.
    static func tokens(of query: String) -> [MetricQueryToken]? {
        var rest = Array(query.unicodeScalars)[...]
        var tokens: [MetricQueryToken] = []
        while let first = rest.first {
            switch first {
            case " ", "\n", "\t", "\r": rest.removeFirst()
            case "\"", "'", "`":
                guard let text = string(&rest, quote: first) else { return nil }
                tokens.append(.string(text))
            case "[":
                guard let end = rest.firstIndex(of: "]") else { return nil }
                rest = rest[(end + 1)...]
                tokens.append(.range)
            case _ where isWord(first): tokens.append(.word(word(&rest)))
            default: tokens.append(.sign(sign(&rest)))
            }
        }
        return tokens
    }

    private static func string(_ rest: inout ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar) -> String? {
        var text = String.UnicodeScalarView()
        rest.removeFirst()
        while let scalar = rest.popFirst() {
            if scalar == quote { return String(text) }
            if scalar == "\\", quote != "`", let next = rest.popFirst() {
                text.append(next)
            } else {
                text.append(scalar)
            }
        }
        return nil
    }

    private static func word(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
        let word = rest.prefix(while: isWord)
        rest = rest.dropFirst(word.count)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: word)
        return String(text)
    }

    private static func sign(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
        let pair = rest.prefix(2).map { String($0) }.joined()
        guard ["=~", "!=", "!~"].contains(pair) else { return rest.popFirst().map { String($0) } ?? "" }
        rest = rest.dropFirst(2)
        return pair
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            || scalar == "_" || scalar == ":" || scalar == "."
    }
}
