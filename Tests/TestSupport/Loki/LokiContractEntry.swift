/// An entry as the contract server decoded or stored it.
package struct LokiContractEntry: Hashable, Sendable {
    /// Nanoseconds since 1970.
    package var time: Int64
    package var line: String
    package var metadata: [String: String]

    /// Makes an entry.
    package init(time: Int64, line: String, metadata: [String: String] = [:]) {
        self.time = time
        self.line = line
        self.metadata = metadata
    }
}
