/// What becomes of a match.
package enum RedactionAction: String, CaseIterable, Sendable {
    /// `[REDACTED:email]`.
    case tag
    /// `********`, whatever the length was.
    case mask
    /// `****1111`: the end stays, never more than half of a value and nothing of one shorter than 12 characters.
    case last4
    /// `[email:k1:9f2c1a7b0c3d4e5f]`: the same for the same value and key, keyed, and different for other types.
    case hash
    /// The JSON member or logfmt pair goes, with its key; where there is none, as `tag`.
    case dropField = "drop_field"
    /// The whole record goes, and is counted.
    case dropRecord = "drop_record"

    /// Position in counters.
    var index: Int {
        switch self {
        case .tag: 0
        case .mask: 1
        case .last4: 2
        case .hash: 3
        case .dropField: 4
        case .dropRecord: 5
        }
    }
}

/// What becomes of a JSON number that must go.
package enum NumberRedaction: String, CaseIterable, Sendable {
    /// A string with the usual replacement.
    case string
    /// `0`, which keeps schemas.
    case zero
}
