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
    private static let phrases: [(phrase: ByteSearch, reason: LokiRejection)] = [
        (ByteSearch("timestamp too old"), .tooOld), (ByteSearch("timestamp too new"), .tooNew),
        (ByteSearch("too far behind"), .tooFarBehind), (ByteSearch("out of order"), .outOfOrder),
        (ByteSearch("ax entry size"), .lineTooLong), (ByteSearch("label names; limit"), .tooManyLabels),
        (ByteSearch("label name too long"), .labelNameTooLong),
        (ByteSearch("label value too long"), .labelValueTooLong),
        (ByteSearch("duplicate label name"), .duplicateLabel),
        (ByteSearch("includes structured metadata, but"), .metadataOff),
        (ByteSearch("structured metadata too large"), .metadataTooLarge),
        (ByteSearch("too many structured metadata labels"), .metadataTooMany),
        (ByteSearch("missing required labels"), .missingLabels), (ByteSearch("rror parsing labels"), .badLabels),
        (ByteSearch("missing labels"), .badLabels),
    ]

    /// The reason that a text of Loki's names.
    init(text: ArraySlice<UInt8>) {
        self = Self.phrases.first { $0.phrase.isIn(text) }?.reason ?? .other
    }
}
