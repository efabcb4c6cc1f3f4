/// A LogQL stream selector with equality matchers only: what labels of a push must look like.
package struct LokiContractSelector: Sendable {
    package private(set) var labels: [String: String] = [:]
    /// Whether names came in order, as canonical labels do.
    package private(set) var isSorted = true

    /// Reads a selector; nil when it is not one, or names a label twice.
    package init?(_ text: String) {
        var rest = Array(text.unicodeScalars)[...]
        guard Self.take("{", &rest) else { return nil }
        var last = ""
        while let name = Self.name(&rest) {
            guard Self.take("=", &rest), let value = Self.quoted(&rest), labels[name] == nil else { return nil }
            labels[name] = value
            if name < last { isSorted = false }
            last = name
            guard Self.take(",", &rest) else { break }
        }
        guard Self.take("}", &rest), rest.allSatisfy({ $0 == " " }) else { return nil }
    }

    /// Labels as Loki prints them.
    package static func text(_ labels: [String: String]) -> String {
        let pairs = labels.sorted { $0.key < $1.key }.map { pair in
            let value = pair.value.unicodeScalars.map { scalar in
                switch scalar {
                case "\"", "\\": "\\\(scalar)"
                case "\n": "\\n"
                default: "\(scalar)"
                }
            }
            return "\(pair.key)=\"\(value.joined())\""
        }
        return "{" + pairs.joined(separator: ", ") + "}"
    }

    private typealias Rest = ArraySlice<Unicode.Scalar>

    private static func take(_ wanted: Unicode.Scalar, _ rest: inout Rest) -> Bool {
        rest = rest.drop { $0 == " " }
        guard rest.first == wanted else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func name(_ rest: inout Rest) -> String? {
        rest = rest.drop { $0 == " " }
        let name = rest.prefix { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_") }
        guard let first = name.first, !("0"..."9").contains(first) else { return nil }
        rest = rest.dropFirst(name.count)
        return String(String.UnicodeScalarView(name))
    }

    /// A Go string in double quotes.
    private static func quoted(_ rest: inout Rest) -> String? {
        guard take("\"", &rest) else { return nil }
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return String(value)
            case "\n": return nil
            case "\\":
                guard let resolved = escape(&rest) else { return nil }
                value.append(resolved)
            default: value.append(scalar)
            }
        }
        return nil
    }

    private static func escape(_ rest: inout Rest) -> Unicode.Scalar? {
        switch rest.popFirst() {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "\"": return "\""
        case "\\": return "\\"
        case "x": return hex(2, &rest)
        case "u": return hex(4, &rest)
        default: return nil
        }
    }

    private static func hex(_ digits: Int, _ rest: inout Rest) -> Unicode.Scalar? {
        let text = String(String.UnicodeScalarView(rest.prefix(digits)))
        rest = rest.dropFirst(digits)
        return text.count == digits ? UInt32(text, radix: 16).flatMap(Unicode.Scalar.init) : nil
    }
}
