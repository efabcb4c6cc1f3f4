/// What of PromQL can be seen without a parser: its selectors, and what stands around them.
struct PromQLText {
    struct Selector {
        let name: String
        /// What stands between the braces; nil without braces.
        let matchers: String?
        /// The range in brackets; nil without one.
        let range: String?
        /// The function directly around it.
        let function: String
    }

    let text: String

    /// Every selector of a series of ours, of the process, or of Prometheus itself.
    var selectors: [Selector] {
        var found: [Selector] = []
        var rest = text[...]
        var previous: Character = " "
        while let first = rest.first {
            guard first.isLetter || first == "_" || first == ":", !Self.isNamePart(previous), previous != "\"" else {
                if first == "\"" {
                    rest = Self.afterText(rest)
                    previous = " "
                } else {
                    previous = rest.removeFirst()
                }
                continue
            }
            let name = rest.prefix(while: Self.isNamePart)
            let start = name.startIndex
            rest = rest.dropFirst(name.count)
            previous = "x"
            guard Self.isSeries(String(name)) else { continue }
            var matchers: String?
            if rest.first == "{" { matchers = Self.braces(&rest) }
            var range: String?
            if rest.first == "[" {
                range = String(rest.dropFirst().prefix { $0 != "]" })
                rest = rest.dropFirst((range?.count ?? 0) + 2)
            }
            let function = Self.function(before: text[..<start])
            found.append(Selector(name: String(name), matchers: matchers, range: range, function: function))
        }
        return found
    }

    private static func isSeries(_ name: String) -> Bool {
        ["martlet_", "slo:", "service:", "process_", "sloth_slo_info"].contains { name.hasPrefix($0) }
            || name == "up" || name == "ALERTS"
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == ":"
    }

    /// Past a text in quotes.
    private static func afterText(_ text: Substring) -> Substring {
        var rest = text.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\" { _ = rest.popFirst() }
        }
        return rest
    }

    /// Takes `{…}`.
    private static func braces(_ rest: inout Substring) -> String {
        let whole = rest
        rest = rest.dropFirst()
        while let first = rest.first, first != "}" {
            rest = first == "\"" ? afterText(rest) : rest.dropFirst()
        }
        let inner = whole[whole.index(after: whole.startIndex)..<rest.startIndex]
        rest = rest.dropFirst()
        return String(inner)
    }

    private static func function(before text: Substring) -> String {
        guard text.last == "(" else { return "" }
        return String(text.dropLast().reversed().prefix(while: isNamePart).reversed())
    }
}
