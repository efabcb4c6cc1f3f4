/// Counts the restarts and OOM kills of one container, each once, from events and from what inspect tells.
///
/// No I/O. Both sources tell of the same starts, in any order and each with holes: events are dropped under load, and
/// an inspect shows only the last of several. A start is known by its time: the event comes a moment after the time
/// that inspect gives, and a `die` lies between two starts.
///
/// An OOM kill is `oom` and then an end with 137. The same end after a SIGKILL that was asked for is none, whatever
/// happened before.
package struct ContainerLifecycle: Sendable {
    /// What is new.
    package struct News: Sendable, Equatable {
        package var restarts: Int
        package var oomKills: Int

        /// Makes news.
        package init(restarts: Int = 0, oomKills: Int = 0) {
            self.restarts = restarts
            self.oomKills = oomKills
        }
    }

    /// A number of restarts that no engine reaches between two looks.
    private static let restartsMax = 1_000_000
    private static let killedExitCode = 137

    /// When we began to watch, by the engine's clock: what was before is not counted.
    private let since: Int64
    private var startedAt: Int64 = 0
    private var endedAt: Int64 = 0
    /// The engine's count of restarts, when it was last seen.
    private var restartCount: Int?
    /// Restarts counted since then.
    private var countedSince = 0
    private var run = Run()
    private var news = News()

    /// What is known of the run that began with the last start.
    private struct Run {
        var isOutOfMemory = false
        var wasKilled = false
        var endedWith: Int?
        var isCounted = false
    }

    /// Makes a lifecycle; `since`: nanoseconds since 1970.
    package init(since: Int64) { self.since = since }

    /// What has been counted since this was last asked.
    package mutating func takeNews() -> News {
        defer { news = News() }
        return news
    }

    /// The engine says that the container has been started.
    package mutating func started(at time: Int64) {
        if endedAt > startedAt, time > endedAt { count(1) }
        // The event of a start whose end inspect has already told is not news.
        if time > max(startedAt, endedAt), endedAt >= startedAt || startedAt == 0 { run = Run() }
        startedAt = max(startedAt, time)
    }

    /// The engine says that the container has ended.
    package mutating func died(at time: Int64, exitCode: Int?) {
        guard time > startedAt else { return }
        endedAt = max(endedAt, time)
        run.endedWith = exitCode
        countKill()
    }

    /// The engine says that the kernel has killed a process of the container.
    package mutating func ranOutOfMemory() {
        run.isOutOfMemory = true
        countKill()
    }

    /// The engine says that a signal was sent to the container, because somebody asked for it.
    package mutating func signalled(_ signal: String?) {
        guard let signal else { return run.wasKilled = true }
        if ["9", "KILL", "SIGKILL"].contains(signal) { run.wasKilled = true }
    }

    /// What inspect tells.
    package mutating func inspected(_ life: ContainerLife, isRunning: Bool, finishedAt: Int64) {
        let known = restartCount ?? (life.createdAt >= since ? 0 : life.restartsDone)
        let isNewStart = life.startedAt > startedAt
        // An earlier start makes this one a restart; on the first look nothing is known of one.
        let seen = isNewStart && startedAt > 0 ? 1 : 0
        let missing = max(seen, life.restartsDone - known - countedSince)
        if missing > 0 { count(min(missing, Self.restartsMax)) }
        if isNewStart {
            if life.startedAt > endedAt { run = Run() }
            startedAt = life.startedAt
        }
        restartCount = life.restartsDone
        countedSince = 0
        // An end before we came is not ours to count.
        guard !isRunning || life.isRestarting, finishedAt > startedAt, finishedAt >= since else { return }
        endedAt = max(endedAt, finishedAt)
        run.endedWith = run.endedWith ?? life.exitCode
        if life.isOutOfMemory { run.isOutOfMemory = true }
        countKill()
    }

    private mutating func count(_ restarts: Int) {
        news.restarts += restarts
        countedSince += restarts
    }

    private mutating func countKill() {
        guard run.isOutOfMemory, !run.wasKilled, run.endedWith == Self.killedExitCode, !run.isCounted else { return }
        run.isCounted = true
        news.oomKills += 1
    }
}
