/// The systemd journal.
///
/// libsystemd runs in a process of its own (`JournalReader`), which writes entries to a pipe; this input turns
/// them into lines, keeps the position and looks after the process. Killing that at any moment loses and repeats
/// nothing: what has come through the pipe is known by its cursor, and the next one goes on behind it.
///
/// The time of a line is what journalctl shows: `_SOURCE_REALTIME_TIMESTAMP`, the writer's own, where journald
/// recorded one, else when journald received it. Entries without MESSAGE have no line. Docker's journald driver
/// uses PRIORITY to tell stderr from stdout, so entries of containers have no severity beside their line.
package struct JournalInput: Input {
    package static let inputName = "journald"
    package var name: String { Self.inputName }

    /// What is known from outside the journal, and what tests replace.
    package struct Environment: Sendable {
        /// The binary that holds the journal reader.
        package var executable = "/proc/self/exe"
        /// Whether the lines of a container (64 hex digits) come in through its engine already.
        package var isReadElsewhere: @Sendable (String) -> Bool = { _ in false }
        /// Our own log, which is left out.
        package var own = OwnLog.current
        /// Another libsystemd.
        package var library: String?
        /// How often the position moves on while nothing matches, milliseconds.
        package var sweepMilliseconds: Int64 = 60_000
        /// How long a reader may be silent before it is killed, milliseconds.
        package var patienceMilliseconds = JournalSupervisor.patienceMilliseconds
        /// Told each process that is started.
        package var didStart: @Sendable (Int32) -> Void = { _ in }

        /// The real environment.
        package init() {}
    }

    package let options: JournalOptions
    package let environment: Environment

    /// Makes an input; nothing is started before `run`.
    package init(options: JournalOptions, environment: Environment = Environment()) {
        self.options = options
        self.environment = environment
    }

    package func run(_ context: InputContext) { JournalRun(self, context).run() }
}
