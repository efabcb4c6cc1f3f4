/// How an output is, after its last attempt.
package enum OutputState: Sendable, Equatable {
    /// The last attempt got an answer that settled its batch.
    case up
    /// It did not; the next attempt is after `delay`.
    case retrying(reason: String, delay: Duration, breakerIsOpen: Bool)
    /// Somebody has to mend something first (rights, address); tried slowly.
    case held(reason: String, delay: Duration, breakerIsOpen: Bool)
}
