internal import FoundationEssentials

/// JSON of reports: members by name, so that equal reports are equal bytes.
enum JSONText {
    static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { preconditionFailure("texts and numbers are always JSON") }
        return String(decoding: data, as: UTF8.self)
    }
}
