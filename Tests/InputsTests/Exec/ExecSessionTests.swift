import Dispatch
import Glibc
import Inputs
import RecordPath
import Synchronization
import TestSupport
import Testing

/// Real children.
///
/// Each is a shell script.
struct ExecSessionTests {
    private func start(_ script: String) throws -> ExecSession {
        try ExecSession(command: ["/bin/sh", "-c", script])
    }

    @Test func `lines of both streams are read and the status is the service's`() throws {
        let session = try start("echo one; echo two >&2; printf three; exit 7")
        let run = InputThread(ExecInput(session: session, options: ExecOptions(service: "shop"), runID: 3))
        #expect(session.wait() == .exited(7))
        #expect(run.end())
        #expect(run.sink.texts("stdout") == ["one", "three"])
        #expect(run.sink.texts("stderr") == ["two"])
        let origin = try #require(run.sink.origins.first)
        #expect(origin.input == "exec" && origin.key == "exec:stdout" && origin.stream == "stdout")
        #expect(origin.fallbackService == "shop")
        #expect(run.sink.lines().filter { $0.key == "exec:stdout" }.map(\.ordinal) == [0, 4])
    }

    @Test(arguments: ExecSession.forwardedSignals) func `signals reach the service`(signal: Int32) throws {
        let session = try start("trap 'echo got; exit 5' \(signal); echo ready; while :; do sleep 0.01; done")
        let run = InputThread(ExecInput(session: session, options: ExecOptions()))
        #expect(run.lines(1))
        session.forward(signal)
        #expect(session.wait() == .exited(5))
        #expect(run.end())
        #expect(run.sink.texts() == ["ready", "got"])
    }

    @Test func `a killed service gives the status that a shell gives`() throws {
        let session = try start("kill -9 $$")
        let status = session.wait()
        #expect(status == .killed(signal: SIGKILL))
        #expect(status.exitCode == 137)
        #expect(ExecStatus.exited(3).exitCode == 3)
        session.forward(SIGTERM)
    }

    @Test func `what cannot be started says why`() throws {
        #expect(throws: ExecError.notFound(command: "/no/such/program")) {
            try ExecSession(command: ["/no/such/program"])
        }
        #expect(throws: ExecError.notExecutable(command: "/etc/passwd")) { try ExecSession(command: ["/etc/passwd"]) }
        #expect(throws: ExecError.notFound(command: "")) { try ExecSession(command: []) }
        #expect(ExecError.notFound(command: "").exitCode == 127)
        #expect(ExecError.notExecutable(command: "").exitCode == 126)
    }

    @Test func `signals that Martlet ignores are not ignored in the service`() throws {
        signal(SIGUSR2, SIG_IGN)
        let session = try start("kill -USR2 $$; sleep 5")
        #expect(session.wait() == .killed(signal: SIGUSR2))
    }

    @Test func `the service has a group of its own and Martlet's environment`() throws {
        let session = try start(#"ps -o pgid= -p $$ 2>/dev/null || echo $$; echo "$PATH""#)
        let run = InputThread(ExecInput(session: session, options: ExecOptions()))
        #expect(session.wait() == .exited(0))
        #expect(run.end())
        #expect(
            run.sink.texts().map { $0.filter { $0 != " " } } == [
                "\(session.processID)", String(cString: getenv("PATH")),
            ]
        )
    }

    @Test func `a service that closes its streams is still waited for`() throws {
        let session = try start("exec >&- 2>&-; read line; exit 4")
        let run = InputThread(ExecInput(session: session, options: ExecOptions()))
        #expect(run.end())
        #expect(!session.ended.isRaised)
        session.forward(SIGTERM)
        let status = session.wait()
        #expect(status == .killed(signal: SIGTERM) || status == .exited(4))
    }

    @Test func `a grandchild that outlives the service is read for a while and then left`() throws {
        let session = try start("(while :; do echo tick; sleep 0.02; done) & echo $!; exit 0")
        let options = ExecOptions(linger: .milliseconds(200))
        let run = InputThread(ExecInput(session: session, options: options))
        #expect(session.wait() == .exited(0))
        #expect(run.end())
        let lines = run.sink.texts()
        #expect(lines.filter { $0 == "tick" }.count >= 2)
        // Nobody reads any more: its next line ends it.
        let grandchild = try #require(lines.compactMap { pid_t($0) }.first)
        #expect(InputThread.wait { kill(grandchild, 0) != 0 || Self.isZombie(grandchild) })
    }

    private static func isZombie(_ process: pid_t) -> Bool {
        let descriptor = open("/proc/\(process)/stat", O_RDONLY)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).contains(") Z ")
    }
}
