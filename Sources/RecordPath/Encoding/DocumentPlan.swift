/// How records become OpenSearch documents: what the record path needs to know of `outputs.opensearch`,
/// `outputs.archive` and `agent`.
package struct DocumentPlan: Sendable {
    /// Write bulk bodies: an action line before each document.
    package var bulk: Bool
    /// Write the documents alone, one per line, for the archive.
    package var archive: Bool
    /// Name of this host; part of every document and its id.
    package var host: String
    /// Names and values on every document, in its object `labels`.
    package var labels: [(name: String, value: String)]
    /// Told apart from every other run; part of the ids of what has no position that outlives the process (stdin,
    /// exec).
    package var run: String

    /// Makes a plan.
    package init(
        bulk: Bool,
        archive: Bool,
        host: String,
        labels: [(name: String, value: String)] = [],
        run: String = ""
    ) {
        self.bulk = bulk
        self.archive = archive
        self.host = host
        self.labels = labels
        self.run = run
    }
}
