import Inputs
import TestSupport
import Testing

/// What every input promises, whatever it reads.
///
/// Each input says how a new one on the same source is made and how lines get into the source; `hold` does the rest.
struct InputContract: Sendable {
    var makeInput: @Sendable () throws -> any Input
    var write: @Sendable ([String]) async throws -> Void
    /// What it has given can be read again, from a position.
    var hasPosition = true

    /// Lines arrive in their order, each under an identity of its own; a restart neither loses nor repeats any; a full
    /// stop comes at once, and so does the end when nobody takes the lines any more.
    func hold() async throws {
        let first = Run(try makeInput())
        try await write((0..<50).map { "line \($0)" })
        await first.expect(50)
        try await write((50..<60).map { "line \($0)" })
        await first.expect(60)
        #expect(first.run.sink.texts() == (0..<60).map { "line \($0)" })
        #expect(Set(first.run.sink.identities).count == 60)
        #expect(first.run.status.all.contains("up"))
        #expect(await first.finish(), "it does not stop while nothing comes")
        if hasPosition { try await goOn(after: first.run.sink.positions()) }
        try await endWithTheSink()
    }

    private func goOn(after positions: [String: String]) async throws {
        #expect(!positions.isEmpty)
        try await write(["while nobody read"])
        let second = Run(try makeInput(), positions: positions)
        await second.expect(1)
        try await write(["again"])
        await second.expect(2)
        #expect(second.run.sink.texts() == ["while nobody read", "again"])
        #expect(await second.finish())
    }

    private func endWithTheSink() async throws {
        guard hasPosition else { return }
        let last = Run(try makeInput())
        last.run.sink.refuse()
        try await write(["nobody takes this"])
        #expect(await last.end(), "it goes on though nobody takes its lines")
    }

    /// An input that runs, waited for without keeping the tests' threads.
    private struct Run: Sendable {
        let run: InputThread

        init(_ input: any Input, positions: [String: String] = [:]) { run = InputThread(input, positions: positions) }

        func expect(_ lines: Int) async {
            let run = run
            let haveCome = try? await BlockingWork.run { run.lines(lines) }
            #expect(haveCome == true, "\(run.sink.lineCount) of \(lines) lines; \(run.status.all)")
        }

        func finish() async -> Bool {
            let run = run
            return (try? await BlockingWork.run { run.finish() }) ?? false
        }

        func end() async -> Bool {
            let run = run
            return (try? await BlockingWork.run { run.end() }) ?? false
        }
    }
}
