/// What is wrong with one container.
package struct Finding: Sendable, Equatable, Encodable {
    /// The check's id.
    package var id: String
    package var severity: String
    package var container: String
    package var service: String
    /// What should be so.
    package var title: String
    /// Which field shows that it is not.
    package var field: String
    /// The field and what it says.
    package var evidence: String
    package var why: String
    /// How to mend it.
    package var mend: String
    package var references: [String]
}
