/// The starts and ends of a container, as an answer to inspect tells them.
package struct ContainerLife: Sendable, Equatable {
    /// Nanoseconds since 1970, like all times here; 0: not known.
    package var createdAt: Int64
    /// The last start; 0: never.
    package var startedAt: Int64
    /// How often the restart policy has started it again, or is about to.
    package var restartCount: Int
    /// It has ended and the restart policy is about to start it.
    package var isRestarting: Bool
    /// Of its last end.
    package var exitCode: Int
    /// The kernel has killed one of its processes for want of memory since the last start.
    package var isOutOfMemory: Bool

    /// Makes a life.
    package init(
        createdAt: Int64 = 0,
        startedAt: Int64 = 0,
        restartCount: Int = 0,
        isRestarting: Bool = false,
        exitCode: Int = 0,
        isOutOfMemory: Bool = false
    ) {
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.restartCount = restartCount
        self.isRestarting = isRestarting
        self.exitCode = exitCode
        self.isOutOfMemory = isOutOfMemory
    }

    /// Reads the life out of an answer to inspect.
    init(_ found: EngineJSON.Inspected) {
        createdAt = found.created.flatMap { EngineTime.parse($0) } ?? 0
        startedAt = found.state?.startedAt.flatMap { EngineTime.parse($0) } ?? 0
        restartCount = max(0, found.restartCount ?? 0)
        isRestarting = found.state?.restarting ?? false
        exitCode = found.state?.exitCode ?? 0
        isOutOfMemory = found.state?.oomKilled ?? false
    }

    /// Starts by the restart policy that have happened: the engine counts one before it begins.
    var restartsDone: Int { isRestarting ? max(0, restartCount - 1) : restartCount }
}
