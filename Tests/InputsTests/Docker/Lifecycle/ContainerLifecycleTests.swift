import Inputs
import Testing

@Suite("A container's lifecycle")
struct ContainerLifecycleTests {
    private typealias News = ContainerLifecycle.News

    /// Watched from 1000 on; the container was made and started before.
    private func running(startedAt: Int64 = 500, restarts: Int = 7) -> ContainerLifecycle {
        var lifecycle = ContainerLifecycle(since: 1_000)
        inspect(&lifecycle, startedAt: startedAt, restarts: restarts)
        return lifecycle
    }

    private func inspect(
        _ lifecycle: inout ContainerLifecycle,
        createdAt: Int64 = 400,
        startedAt: Int64,
        restarts: Int = 0,
        ended: (at: Int64, code: Int, isOutOfMemory: Bool)? = nil,
        isRestarting: Bool = false
    ) {
        let life = ContainerLife(
            createdAt: createdAt,
            startedAt: startedAt,
            restartCount: restarts,
            isRestarting: isRestarting,
            exitCode: ended?.code ?? 0,
            isOutOfMemory: ended?.isOutOfMemory ?? false
        )
        lifecycle.inspected(life, isRunning: ended == nil || isRestarting, finishedAt: ended?.at ?? 0)
    }

    @Test("counts nothing of what was before it was watched")
    func before() {
        var lifecycle = running()
        #expect(lifecycle.takeNews() == News())
        var ended = ContainerLifecycle(since: 1_000)
        inspect(&ended, startedAt: 500, restarts: 3, ended: (600, 137, true))
        #expect(ended.takeNews() == News())
    }

    @Test("counts an end and a start as one restart, whether inspect tells of it or not")
    func restart() {
        var lifecycle = running()
        lifecycle.died(at: 2_000, exitCode: 3)
        lifecycle.started(at: 2_105)
        #expect(lifecycle.takeNews() == News(restarts: 1))
        inspect(&lifecycle, startedAt: 2_100, restarts: 8)
        inspect(&lifecycle, startedAt: 2_100, restarts: 8)
        #expect(lifecycle.takeNews() == News())
    }

    @Test("counts a start that inspect told first but once")
    func inspectFirst() {
        var lifecycle = running()
        inspect(&lifecycle, startedAt: 2_100, restarts: 8)
        #expect(lifecycle.takeNews() == News(restarts: 1))
        lifecycle.died(at: 2_000, exitCode: 3)
        lifecycle.started(at: 2_105)
        #expect(lifecycle.takeNews() == News())
        lifecycle.died(at: 3_000, exitCode: 3)
        lifecycle.started(at: 3_105)
        #expect(lifecycle.takeNews() == News(restarts: 1))
    }

    @Test("counts the restarts whose events were dropped, by the engine's own count")
    func droppedEvents() {
        var lifecycle = running()
        lifecycle.died(at: 2_000, exitCode: 3)
        lifecycle.started(at: 2_105)
        inspect(&lifecycle, startedAt: 9_000, restarts: 12)
        #expect(lifecycle.takeNews() == News(restarts: 5))
    }

    @Test("does not count the restart that the engine is only about to make")
    func restarting() {
        var lifecycle = running()
        lifecycle.died(at: 2_000, exitCode: 3)
        inspect(&lifecycle, startedAt: 500, restarts: 8, ended: (2_000, 3, false), isRestarting: true)
        #expect(lifecycle.takeNews() == News())
        lifecycle.started(at: 2_105)
        inspect(&lifecycle, startedAt: 2_100, restarts: 8)
        #expect(lifecycle.takeNews() == News(restarts: 1))
    }

    @Test("counts a restart by hand, which the engine does not count and which sets its count to zero")
    func byHand() {
        var lifecycle = running()
        inspect(&lifecycle, startedAt: 5_000, restarts: 0)
        #expect(lifecycle.takeNews() == News(restarts: 1))
        inspect(&lifecycle, startedAt: 6_000, restarts: 1)
        #expect(lifecycle.takeNews() == News(restarts: 1))
    }

    @Test("counts every restart of a container that was made while it was watched")
    func newborn() {
        var lifecycle = ContainerLifecycle(since: 1_000)
        lifecycle.started(at: 2_005)
        inspect(&lifecycle, createdAt: 1_900, startedAt: 2_000)
        #expect(lifecycle.takeNews() == News())
        var crashing = ContainerLifecycle(since: 1_000)
        inspect(&crashing, createdAt: 1_900, startedAt: 2_500, restarts: 2)
        #expect(crashing.takeNews() == News(restarts: 2))
    }

    @Test("knows an OOM kill by its event and the end with 137, in either order")
    func outOfMemory() {
        var lifecycle = running()
        lifecycle.ranOutOfMemory()
        #expect(lifecycle.takeNews() == News())
        lifecycle.died(at: 2_000, exitCode: 137)
        #expect(lifecycle.takeNews() == News(oomKills: 1))
        inspect(&lifecycle, startedAt: 500, restarts: 7, ended: (2_000, 137, true))
        #expect(lifecycle.takeNews() == News())
        lifecycle.started(at: 3_000)
        lifecycle.died(at: 4_000, exitCode: 137)
        lifecycle.ranOutOfMemory()
        #expect(lifecycle.takeNews() == News(restarts: 1, oomKills: 1))
    }

    @Test("does not take a forced stop or a kill for an OOM kill, nor a process that dies inside")
    func notOutOfMemory() {
        var stopped = running()
        stopped.signalled("15")
        stopped.signalled("9")
        stopped.died(at: 2_000, exitCode: 137)
        #expect(stopped.takeNews() == News())
        var killed = running()
        killed.ranOutOfMemory()
        killed.signalled("9")
        killed.died(at: 2_000, exitCode: 137)
        #expect(killed.takeNews() == News())
        var child = running()
        child.ranOutOfMemory()
        child.died(at: 2_000, exitCode: 1)
        #expect(child.takeNews() == News())
    }

    @Test("does not take a signal that asks for something else for a kill")
    func harmlessSignal() {
        var lifecycle = running()
        lifecycle.signalled("1")
        lifecycle.ranOutOfMemory()
        lifecycle.died(at: 2_000, exitCode: 137)
        #expect(lifecycle.takeNews() == News(oomKills: 1))
    }

    @Test("learns of an OOM kill from inspect when the events were dropped")
    func outOfMemoryByInspect() {
        var lifecycle = running()
        inspect(&lifecycle, startedAt: 500, restarts: 7, ended: (2_000, 137, true))
        inspect(&lifecycle, startedAt: 500, restarts: 7, ended: (2_000, 137, true))
        #expect(lifecycle.takeNews() == News(oomKills: 1))
    }

    @Test("counts an OOM kill once when inspect has told of it before the events of that run are read")
    func killInspectedBeforeItsEvents() {
        var lifecycle = ContainerLifecycle(since: 1_000)
        inspect(&lifecycle, createdAt: 1_900, startedAt: 2_000, ended: (3_000, 137, true))
        #expect(lifecycle.takeNews() == News(oomKills: 1))
        lifecycle.started(at: 2_010)
        lifecycle.ranOutOfMemory()
        lifecycle.died(at: 3_005, exitCode: 137)
        #expect(lifecycle.takeNews() == News())
    }

    @Test("counts an OOM kill once when inspect tells of the start after the end was seen")
    func startInspectedAfterTheEnd() {
        var lifecycle = ContainerLifecycle(since: 1_000)
        lifecycle.ranOutOfMemory()
        lifecycle.died(at: 3_005, exitCode: 137)
        inspect(&lifecycle, createdAt: 1_900, startedAt: 2_000, ended: (3_000, 137, true))
        #expect(lifecycle.takeNews() == News(oomKills: 1))
    }

    @Test("forgets a kill with the next start")
    func nextRun() {
        var lifecycle = running()
        lifecycle.signalled("9")
        lifecycle.died(at: 2_000, exitCode: 137)
        lifecycle.started(at: 3_000)
        lifecycle.ranOutOfMemory()
        lifecycle.died(at: 4_000, exitCode: 137)
        #expect(lifecycle.takeNews() == News(restarts: 1, oomKills: 1))
    }
}
