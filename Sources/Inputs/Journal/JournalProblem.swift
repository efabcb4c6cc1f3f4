/// Why the journal cannot be read, with what to do about it; for the operator.
struct JournalProblem: Error {
    var text: String
}
