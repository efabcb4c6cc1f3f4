internal import Outputs

/// The fields of an index template, by their dotted names.
struct OpenSearchContractMapping {
    /// One field.
    struct Field {
        /// `object` where it has none of its own.
        var type = "object"
        /// Longer values are not indexed.
        var ignoreAbove = Int.max
        /// Whether a value becomes one term, which has a longest length.
        var isIndexed = true
        var hasDocValues = true
    }

    private(set) var fields: [String: Field] = [:]

    /// Reads `template.mappings.properties`; nothing where there is none.
    init(template: String) {
        var reader = JSONReader(Array(template.utf8))
        var fields: [String: Field] = [:]
        try? Self.member("template", of: &reader) { reader throws(JSONError) in
            try Self.member("mappings", of: &reader) { reader throws(JSONError) in
                try Self.member("properties", of: &reader) { reader throws(JSONError) in
                    try Self.properties("", &reader, &fields)
                }
            }
        }
        self.fields = fields
    }

    private static func member(
        _ name: String,
        of reader: inout JSONReader,
        _ body: (inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try reader.object { (key, reader) throws(JSONError) in
            if key == name { try body(&reader) } else { try reader.skip() }
        }
    }

    private static func properties(
        _ path: String,
        _ reader: inout JSONReader,
        _ fields: inout [String: Field]
    ) throws(JSONError) {
        try reader.object { (key, reader) throws(JSONError) in
            let name = path.isEmpty ? key : path + "." + key
            var field = Field()
            try reader.object { (key, reader) throws(JSONError) in
                switch key {
                case "type": field.type = try reader.string()
                case "ignore_above": field.ignoreAbove = try reader.integer()
                case "index": field.isIndexed = try reader.bool()
                case "doc_values": field.hasDocValues = try reader.bool()
                case "properties": try properties(name, &reader, &fields)
                default: try reader.skip()
                }
            }
            fields[name] = field
        }
    }
}
