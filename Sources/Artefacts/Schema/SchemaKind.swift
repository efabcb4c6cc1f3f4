/// What the value of a configuration key may be.
package indirect enum SchemaKind: Sendable {
    case text
    case flag
    case integer(ClosedRange<Int>)
    /// `99.9`.
    case decimal
    /// `20%`.
    case percent
    /// `500ms`, `1h30m`.
    case duration
    /// `64KiB`, or bytes.
    case size
    case choice([String])
    case list(SchemaKind)
    case mapping([SchemaKey])
    /// Free names to values of one kind.
    case names(SchemaKind)
    case either([SchemaKind])

    /// As JSON Schema, 2020-12.
    ///
    /// Every single value may be brought in from the environment or a file, so that a text with `${` fits everywhere.
    var node: Node {
        switch self {
        case .text: ["type": ["string", "number", "boolean"]]
        case .flag: Self.orReference(["type": "boolean"])
        case .integer(let range):
            Self.orReference(
                [
                    "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
                ]
            )
        case .decimal: Self.orReference(["type": "number"])
        case .percent: Self.pattern("[0-9]+(\\.[0-9]+)?%")
        case .duration: Self.pattern("0|([0-9]+(\\.[0-9]+)?(ms|s|m|h|d))+", orInteger: true)
        case .size: Self.pattern("[0-9]+(KiB|MiB|GiB|TiB)?", orInteger: true)
        case .choice(let names): Self.orReference(["enum": .texts(names)])
        case .list(let item): ["type": "array", "items": item.node]
        case .mapping(let keys):
            ["type": "object", "additionalProperties": false, "properties": .object(keys.map(\.member))]
        case .names(let value): ["type": "object", "additionalProperties": value.node]
        case .either(let kinds): ["anyOf": .list(kinds.map(\.node))]
        }
    }

    private static let reference: Node = ["type": "string", "pattern": "\\$\\{"]

    private static func orReference(_ node: Node) -> Node { ["anyOf": [node, reference]] }

    private static func pattern(_ pattern: String, orInteger: Bool = false) -> Node {
        let text: Node = ["type": "string", "pattern": .text("^(\(pattern))$|\\$\\{")]
        return orInteger ? ["anyOf": [["type": "integer", "minimum": 0], text]] : text
    }
}
