/// What the redactor made of a line.
package enum Redaction: Sendable, Equatable {
    /// Nothing had to go: the line is as it was.
    case clean
    /// The output holds the whole redacted line.
    case edited
    /// A rule with `drop_record` matched.
    case dropRecord
    /// The line could not be scanned to its end and nothing of it may go on.
    case withheld
}

/// Which rules hold for a service: resolve it once per stream, not per line.
package struct RedactionScope: Sendable, Equatable {
    /// Index into the policy's action tables; 0: a service that no rule names.
    let index: Int

    /// The scope of services that no rule names.
    package static let everywhere = RedactionScope(index: 0)
}

/// Gives the keyed digests of the `hash` action; made outside, where the key and its rotation are.
package protocol KeyedHasher: Sendable {
    /// Names the key in tags, so that digests of different keys are told apart: 1 to 16 letters and digits.
    var keyID: String { get }
    /// The first 64 bits of the HMAC-SHA-256 of `type`, a zero byte, and the value.
    func digest(type: String, value: UnsafeRawBufferPointer) -> UInt64
}
