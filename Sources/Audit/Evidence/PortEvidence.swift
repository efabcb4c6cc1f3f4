/// What a container's ports answered to a GET.
package struct PortEvidence: Sendable, Equatable {
    /// One port that speaks HTTP.
    package struct Answers: Sendable, Equatable {
        /// `172.17.0.2:8080`.
        package var address: String
        /// By path: the status, or nil where the answer was a page for people.
        package var statuses: [String: Int?]

        /// Makes answers.
        package init(address: String, statuses: [String: Int?]) {
            self.address = address
            self.statuses = statuses
        }
    }

    /// Where HTTP may be spoken.
    package var addresses: [String]
    /// Those that did.
    package var answers: [Answers]

    /// Makes evidence.
    package init(addresses: [String], answers: [Answers] = []) {
        self.addresses = addresses
        self.answers = answers
    }
}
