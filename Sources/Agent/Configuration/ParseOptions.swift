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
    /// Which lines become one record.
    package var multiline: MultilineChoice

    /// The formats as the parser wants them.
    package var choice: FormatChoice { FormatChoice(names: formats.map(\.rawValue)) ?? FormatChoice() }

    /// Reads `parse`.
    init(reading reader: ConfigurationReader) {
        formats = reader.choices("formats", default: [.auto])
        multiline = Self.multiline(reader)
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

    private static func multiline(_ reader: ConfigurationReader) -> MultilineChoice {
        let advice = "write auto, off, or {start: 'REGEX'} with a pattern for the first line of a record"
        guard let node = reader.node("multiline") else { return .auto }
        if case .mapping = node {
            let own = reader.child("multiline")
            guard let pattern = own.requiredString("start", advice) else { return .auto }
            do {
                return .start(try StartPattern(pattern))
            } catch {
                own.report("start", error.text, "write it in RE2's syntax, such as '^\\d{4}-'")
                return .auto
            }
        }
        switch node.scalar?.text {
        case "auto": return .auto
        case "off": return .off
        default:
            reader.report(at: node, "is none of what it may be", advice)
            return .auto
        }
    }
}
