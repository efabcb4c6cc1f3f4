import RecordPath
import Settings

/// `parse`: how lines are taken apart.
package struct ParseOptions: Sendable {
    /// A format that can be asked for.
    package enum Format: String, Sendable, CaseIterable {
        case auto, json, logfmt, clf, nginx, text
    }

    /// Formats tried, in this order.
    package var formats: [Format]
    /// Extra names for canonical fields, ahead of the built-in ones.
    package var fields: [CanonicalNames.Addition]

    /// Reads `parse`.
    init(reading reader: ConfigurationReader) {
        formats = reader.choices("formats", default: [.auto])
        fields = []
        for (name, field) in reader.namedChildren("fields") {
            let names = field.strings("names", default: [])
            let unit = field.optionalString("unit")
            if let addition = CanonicalNames.Addition(field: name, names: names, unit: unit) {
                fields.append(addition)
            } else {
                let known = CanonicalNames.fields.joined(separator: ", ")
                field.reportSelf(
                    "is no canonical field or has no such unit",
                    "fields are \(known); units s, ms, us, ns"
                )
            }
        }
    }
}
