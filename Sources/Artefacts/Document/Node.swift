/// A value of a JSON or YAML document in the making; members keep their order, so that the same input gives the same
/// bytes.
package indirect enum Node: Sendable, Equatable {
    case object([Member])
    case list([Node])
    case text(String)
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case null

    /// A name and its value.
    package struct Member: Sendable, Equatable {
        package let name: String
        package let value: Node

        /// Makes a member.
        package init(_ name: String, _ value: Node) {
            self.name = name
            self.value = value
        }
    }

    /// An object of the members that have a value.
    package static func members(_ members: (name: String, value: Node?)...) -> Node {
        .object(members.compactMap { member in member.value.map { Member(member.name, $0) } })
    }

    /// A list of texts.
    package static func texts(_ texts: [String]) -> Node { .list(texts.map { .text($0) }) }

    /// The value of a member; nil where there is none.
    package subscript(name: String) -> Node? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension Node: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    /// An object with its members in the order of the literal.
    package init(dictionaryLiteral elements: (String, Node)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// A list.
    package init(arrayLiteral elements: Node...) { self = .list(elements) }
}

extension Node: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    /// A text.
    package init(stringLiteral value: String) { self = .text(value) }

    /// A whole number.
    package init(integerLiteral value: Int) { self = .integer(value) }

    /// A number.
    package init(floatLiteral value: Double) { self = .number(value) }

    /// True or false.
    package init(booleanLiteral value: Bool) { self = .flag(value) }
}
