/// What concerns the agent as a whole.
package struct AgentOptions: Sendable, Equatable {
    /// Where cursors, spool and counters are; one agent per directory.
    package var dataDirectory: String
    /// Where metrics, health, page and API are served.
    package var listen: ListenAddress
    /// How long a shutdown drains before it stops.
    package var shutdownTimeout: Duration
    /// Bytes of everything in flight; inputs wait above it.
    package var memoryBytes: Int
    /// What stands on every record and document, in the file's order.
    package var labels: [Label]

    /// A label of `agent.labels`.
    package struct Label: Sendable, Equatable {
        /// The name: letters, digits and `_`.
        package let name: String
        /// The value.
        package let value: String

        /// Makes a label.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Makes options; without arguments they are the defaults.
    package init(
        dataDirectory: String = "/var/lib/martlet",
        listen: ListenAddress = ListenAddress(host: "127.0.0.1", port: 14464),
        shutdownTimeout: Duration = .seconds(10),
        memoryBytes: Int = 64 << 20,
        labels: [Label] = []
    ) {
        self.dataDirectory = dataDirectory
        self.listen = listen
        self.shutdownTimeout = shutdownTimeout
        self.memoryBytes = memoryBytes
        self.labels = labels
    }
}
