/// Why Loki will never store a record: the closed set of reasons that label `martlet_records_dropped_total`.
package enum LokiRejection: String, Sendable, CaseIterable {
    case tooOld = "too_old"
    case tooNew = "too_new"
    case tooFarBehind = "too_far_behind"
    case outOfOrder = "out_of_order"
    case lineTooLong = "line_too_long"
    case tooManyLabels = "too_many_labels"
    case labelNameTooLong = "label_name_too_long"
    case labelValueTooLong = "label_value_too_long"
    case duplicateLabel = "duplicate_label"
    case metadataOff = "structured_metadata_off"
    case metadataTooLarge = "structured_metadata_too_large"
    case metadataTooMany = "structured_metadata_too_many"
    case missingLabels = "missing_labels"
    case badLabels = "bad_labels"
    case badRequest = "bad_request"
    case other = "other"

    /// What in Loki's own words stands for which reason; the first that occurs decides.
    private static let phrases: [(phrase: String, reason: LokiRejection)] = [
        ("timestamp too old", .tooOld), ("timestamp too new", .tooNew), ("too far behind", .tooFarBehind),
        ("out of order", .outOfOrder), ("ax entry size", .lineTooLong), ("label names; limit", .tooManyLabels),
        ("label name too long", .labelNameTooLong), ("label value too long", .labelValueTooLong),
        ("duplicate label name", .duplicateLabel), ("includes structured metadata, but", .metadataOff),
        ("structured metadata too large", .metadataTooLarge),
        ("too many structured metadata labels", .metadataTooMany), ("missing required labels", .missingLabels),
        ("rror parsing labels", .badLabels), ("missing labels", .badLabels),
    ]

    /// The reason that a text of Loki's names.
    package init(text: Substring) {
        self = Self.phrases.first { text.holds($0.phrase) }?.reason ?? .other
    }
}
