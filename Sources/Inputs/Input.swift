package import RecordPath

/// A place that lines come from.
///
/// An input runs on a thread of its own and may block on it.
package protocol Input: Sendable {
    /// `docker`, `journald`, `files`, `stdin`: the `input` label of its series.
    var name: String { get }
    /// Reads until `context.stop` is raised or the source has ended for good. Never throws: what goes wrong is
    /// reported through `context.status`, tried again with backoff, and the rest goes on.
    func run(_ context: InputContext)
}

/// What an input may use of the outside world.
package struct InputContext: Sendable {
    /// Where full batches go.
    package var sink: any BatchSink
    /// Positions of the last run, by key.
    package var positions: [String: String]
    /// Raised once, when the agent stops reading.
    package var stop: StopSignal
    /// How the input tells what it is doing.
    package var status: any InputStatus
    /// With `--once`: read what there is now, then return.
    package var once: Bool
    /// Of what is remembered of each file.
    package var tables: TableBudget
    /// Wall clock, nanoseconds since 1970.
    package var now: @Sendable () -> Int64

    /// Makes a context.
    package init(
        sink: any BatchSink,
        positions: [String: String],
        stop: StopSignal,
        status: any InputStatus,
        once: Bool,
        tables: TableBudget = TableBudget(),
        now: @escaping @Sendable () -> Int64
    ) {
        self.sink = sink
        self.positions = positions
        self.stop = stop
        self.status = status
        self.once = once
        self.tables = tables
        self.now = now
    }
}

/// What an input reports.
///
/// Implementations are thread-safe and cheap; a state that does not change may be reported again and again, it is
/// logged once.
package protocol InputStatus: Sendable {
    /// Attached to its source and reading.
    func up(_ input: String)
    /// Not attached: what is wrong and what to do about it. Makes `/readyz` answer 503.
    func down(_ input: String, _ problem: String)
    /// Something worth a line in Martlet's own log. Never holds log text.
    func note(_ input: String, _ text: String)
    /// Lines that the source lost before they could be read: `martlet_input_gaps_total{input,reason}`.
    func gap(_ input: String, reason: String)
}
