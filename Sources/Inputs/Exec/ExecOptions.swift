/// How a service is run.
package struct ExecOptions: Sendable {
    /// What is done with the service's output besides reading it.
    ///
    /// Called on the reading thread, in order; while it blocks, the service may have to wait as it would without
    /// Martlet.
    package enum Passing: Sendable {
        /// Nothing.
        case off
        /// Gets every piece as it was read, also the beginning of a line.
        case pieces(@Sendable (ExecStream, UnsafeBufferPointer<UInt8>) -> Void)
        /// Gets every line without its newline; the last parameter tells whether it had one.
        case lines(@Sendable (ExecStream, UnsafeBufferPointer<UInt8>, Bool) -> Void)
    }

    /// Service of lines that name none themselves.
    package var service: String?
    /// The service waits when the agent cannot take more; else the oldest lines are dropped.
    package var waits: Bool
    /// Without `waits`, so much is held for an agent that cannot take more.
    package var queueBytes: Int
    /// Whoever holds the pipes open after the service has ended is read for so long.
    package var linger: Duration
    package var passing: Passing

    /// Makes options; what is left out has its default.
    package init(
        service: String? = nil,
        waits: Bool = false,
        queueBytes: Int = 4 << 20,
        linger: Duration = .seconds(1),
        passing: Passing = .off
    ) {
        self.service = service
        self.waits = waits
        self.queueBytes = queueBytes
        self.linger = linger
        self.passing = passing
    }
}
