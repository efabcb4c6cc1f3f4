/// What a container's ports answered to a GET.
package struct PortEvidence: Sendable, Equatable {
    /// What came of one path.
    package enum Reply: Sendable, Equatable {
        case status(Int)
        /// A page for people.
        case page
    }

    /// One port that speaks HTTP.
    package struct Answers: Sendable, Equatable {
        /// `172.17.0.2:8080`.
        package var address: String
        /// By path.
        package var replies: [String: Reply]

        /// Makes answers.
        package init(address: String, replies: [String: Reply]) {
            self.address = address
            self.replies = replies
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
