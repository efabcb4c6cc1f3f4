extension PathPattern {
    /// Compiles one component.
    static func component(_ text: Substring) -> Component {
        if text == "**" { return .anyFolders }
        var rest = text.unicodeScalars[...]
        var elements: [Element] = []
        while let next = rest.popFirst() { elements.append(element(next, &rest)) }
        var name = String.UnicodeScalarView()
        for case .character(let own) in elements { name.append(own) }
        return name.count == elements.count ? .name(String(name)) : .pattern(elements)
    }

    private static func element(_ first: Unicode.Scalar, _ rest: inout Substring.UnicodeScalarView) -> Element {
        switch first {
        case "*": return .anyCharacters
        case "?": return .anyCharacter
        case "\\": return .character(rest.popFirst() ?? "\\")
        case "[": return bracket(&rest) ?? .character("[")
        default: return .character(first)
        }
    }

    /// What stands behind an opening bracket; nil, with nothing consumed, when no bracket closes it.
    private static func bracket(_ rest: inout Substring.UnicodeScalarView) -> Element? {
        var inner = rest
        let negated = inner.first == "!" || inner.first == "^"
        if negated { inner.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let low = inner.popFirst() {
            if low == "]", !ranges.isEmpty {
                rest = inner
                return .oneOf(ranges: ranges, negated: negated)
            }
            var high = low
            if inner.first == "-", let end = inner.dropFirst().first, end != "]" {
                inner.removeFirst(2)
                high = end
            }
            ranges.append(low <= high ? low...high : high...low)
        }
        return nil
    }
}
