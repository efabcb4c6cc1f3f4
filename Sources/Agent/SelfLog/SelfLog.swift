import Logging
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Martlet's own log: JSON lines on stderr, limited in rate.
///
/// Text of log lines has no place in it. Who logs passes names, numbers and problems; for the case that an error of
/// the system quotes something, every text goes through `scrub` on its way out.
package final class SelfLog: Sendable {
    /// Takes a finished line; called with one line at a time.
    package typealias Write = @Sendable ([UInt8]) -> Void

    private struct State {
        var limiter: LogLimiter
        var sweptAt: Int64 = 0
        var scrub: @Sendable (String) -> String
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Int64
    private let output: Write

    /// Messages that begin alike count as one.
    private static let keyCharactersMax = 200
    /// How often messages that have stopped coming are looked for.
    private static let sweepInterval: Int64 = 10_000_000_000

    /// Makes a log; `now` is nanoseconds since 1970.
    package init(
        limiter: LogLimiter = LogLimiter(),
        now: @escaping @Sendable () -> Int64 = SelfLog.wallClock,
        scrub: @escaping @Sendable (String) -> String = { $0 },
        write: @escaping Write = SelfLog.standardError
    ) {
        state = Mutex(State(limiter: limiter, scrub: scrub))
        self.now = now
        output = write
    }

    /// Makes this the log behind every `Logger` of the process; once, at start.
    package func bootstrap(level: Logger.Level = .info) {
        LoggingSystem.bootstrap { _ in SelfLogHandler(log: self, level: level) }
    }

    /// A logger of this log alone, whatever the process's log is.
    package func logger(_ label: String, level: Logger.Level = .info) -> Logger {
        Logger(label: label) { _ in SelfLogHandler(log: self, level: level) }
    }

    /// Says how many lines were held back and not yet told of; at the end of the process.
    package func flush() {
        state.withLock { state in Self.report(state.limiter.rest(), at: now(), state.scrub, output) }
    }

    /// From now on every text goes through another `scrub`.
    package func scrub(by scrub: @escaping @Sendable (String) -> String) {
        state.withLock { $0.scrub = scrub }
    }

    func log(_ level: Logger.Level, _ message: String, _ fields: [(name: String, value: String)]) {
        let now = now()
        let name = Self.name(of: level)
        // Lines are written inside the lock: whole, one after the other, in the order of their times.
        state.withLock { state in
            let verdict = state.limiter.admit(name + " " + message.prefix(Self.keyCharactersMax), at: now)
            if case .write(let suppressed) = verdict {
                let scrubbed = fields.map { (name: $0.name, value: state.scrub($0.value)) }
                output(
                    LogLine(
                        time: now,
                        level: name,
                        message: state.scrub(message),
                        fields: scrubbed,
                        suppressed: suppressed
                    ).bytes
                )
            }
            guard now - state.sweptAt >= Self.sweepInterval || now < state.sweptAt else { return }
            state.sweptAt = now
            Self.report(state.limiter.overdue(at: now), at: now, state.scrub, output)
        }
    }

    private static func report(
        _ overdue: [LogLimiter.Overdue],
        at now: Int64,
        _ scrub: (String) -> String,
        _ output: Write
    ) {
        for entry in overdue {
            let words = entry.message.split(separator: " ", maxSplits: 1)
            output(
                LogLine(
                    time: now,
                    level: String(words[0]),
                    message: scrub(words.count > 1 ? String(words[1]) : ""),
                    suppressed: entry.suppressed
                ).bytes
            )
        }
    }

    /// Our six levels; swift-log has seven.
    private static func name(of level: Logger.Level) -> String {
        switch level {
        case .trace: "trace"
        case .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warn"
        case .error: "error"
        case .critical: "fatal"
        }
    }

    // MARK: - The outside world

    /// Nanoseconds since 1970.
    package static let wallClock: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Writes to descriptor 2; a line that cannot be written is lost, since there is nobody left to tell.
    package static let standardError: Write = { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
