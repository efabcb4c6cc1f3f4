import Inputs
import Synchronization
import TestSupport
import Testing

/// What real engines do only on bad days.
@Suite("The Docker input with an engine that misbehaves")
struct DockerFaultTests {
    private static let id = String(repeating: "ab", count: 32)
    private static let inspection = #"{"Name":"/shop","Config":{"Image":"x"},"State":{"Running":true},"Labels":7}"#

    private final class Flag: Sendable {
        private let raised = Atomic(false)

        var isRaised: Bool { raised.load(ordering: .acquiring) }

        func raise() { raised.store(true, ordering: .releasing) }
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }

    /// An engine with one running container, whose log each time is what `log` says for the count of connections.
    private func engine(_ log: @escaping @Sendable (Int) -> [UInt8]?) throws -> ScriptedEngine {
        let logs = Counter()
        return try ScriptedEngine { target in
            if target.hasSuffix("/_ping") { return ScriptedEngine.json("OK") }
            if target.contains("/events") { return nil }
            if target.contains("/containers/json") {
                return ScriptedEngine.json(#"[{"Id":"\#(Self.id)","State":"running"},{"Id":"../../etc"},{}]"#)
            }
            if target.contains("/logs") { return log(logs.next()) }
            return ScriptedEngine.json(Self.inspection)
        }
    }

    private func start(_ engine: ScriptedEngine) -> InputRun {
        let options = DockerOptions(socket: .unix(path: engine.socket))
        return InputRun(DockerInput(options: options, own: .none), sink: CollectingSink())
    }

    private func frame(_ text: String, _ second: Int) -> [UInt8] {
        LogStreamBytes.frame(1, LogStreamBytes.message(text, second: second))
    }

    private static let head = Array("HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n".utf8)

    @Test("counts a gap for a frame of 4 GiB, reconnects, and repeats nothing")
    func hugeFrame() async throws {
        let one = frame("one\n", 1)
        let two = frame("two\n", 2)
        let engine = try engine { count in
            count == 1 ? Self.head + one + [1, 0, 0, 0, 255, 255, 255, 255] : Self.head + one + two
        }
        let run = start(engine)
        #expect(await run.has(2))
        await run.finish()
        #expect(run.sink.texts() == ["one", "two"])
        #expect(run.status.gaps == ["frame"])
        #expect(run.status.notes.contains { $0.contains("shop") })
    }

    @Test("reads on behind a connection that breaks in the middle of a frame or a chunk")
    func brokenConnections() async throws {
        let frames = (0..<20).map { frame("line \($0)\n", $0) }
        let engine = try engine { count in
            let all = Array(frames.prefix(count * 2).joined())
            let chunked = Array(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(all.count, radix: 16))\r\n".utf8
            )
            return (chunked + all).dropLast(count < 11 ? 5 : 0)
        }
        let run = start(engine)
        #expect(await run.has(20))
        await run.finish()
        #expect(run.sink.texts() == (0..<20).map { "line \($0)" })
        #expect(run.status.gaps.isEmpty)
    }

    @Test("tells of an engine that cannot read a log on, and tries again")
    func engineError() async throws {
        let one = frame("one\n", 1)
        let two = frame("two\n", 2)
        let error = LogStreamBytes.frame(3, Array("Error grabbing logs: EOF".utf8))
        let engine = try engine { Self.head + one + ($0 == 1 ? error : two) }
        let run = start(engine)
        #expect(await run.has(2))
        await run.finish()
        #expect(run.sink.texts() == ["one", "two"])
        #expect(run.status.notes.contains { $0.contains("cannot read on") && !$0.contains("EOF") })
    }

    @Test("is down, with advice, while the engine does not speak HTTP")
    func notHTTP() async throws {
        let engine = try ScriptedEngine { _ in Array("SSH-2.0-OpenSSH_9.2\r\n\r\n".utf8) }
        let run = start(engine)
        #expect(await InputRun.eventually { run.status.isUp == false })
        await run.finish()
        #expect(run.status.problems.first?.contains("inputs.docker.socket") == true)
    }

    @Test("stops at once even when the engine does not answer")
    func silentEngine() async throws {
        let asked = Flag()
        let engine = try ScriptedEngine { _ in
            asked.raise()
            return nil
        }
        let run = start(engine)
        #expect(await InputRun.eventually { asked.isRaised })
        let clock = ContinuousClock()
        let waited = await clock.measure { await run.finish() }
        #expect(waited < .seconds(5))
    }

    @Test("says for each failure what to do")
    func explanations() {
        let socket = EngineAddress.unix(path: "/run/d.sock")
        #expect(EngineFailure.forbidden(socket, group: "docker").explanation.contains("usermod -aG docker"))
        #expect(EngineFailure.noSocket(socket).explanation.contains("/run/d.sock"))
        #expect(EngineFailure.refused(socket).explanation.contains("systemctl start docker"))
    }
}
