package import Inputs
internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// An input that runs on a thread of its own, as in the agent.
///
/// `@unchecked Sendable`: `thread` is written before the run is shown to anybody and read by `finish` only.
package final class InputRun: @unchecked Sendable {
    package let sink: CollectingSink
    package let status = RecordingStatus()
    private let stop = StopSignal()
    private var thread = pthread_t()

    private final class Work {
        let input: any Input
        let context: InputContext

        init(_ input: any Input, _ context: InputContext) {
            self.input = input
            self.context = context
        }
    }

    /// Starts an input behind these positions.
    package init(_ input: any Input, sink: CollectingSink, positions: [String: String] = [:], once: Bool = false) {
        self.sink = sink
        let context = InputContext(
            sink: sink,
            positions: positions,
            stop: stop,
            status: status,
            once: once,
            now: Self.wallClock
        )
        let work = Unmanaged.passRetained(Work(input, context))
        let code = pthread_create(&thread, nil, Self.main, work.toOpaque())
        precondition(code == 0, "no thread: errno \(code)")
    }

    /// Raises the stop signal and waits for the input's end.
    package func finish() async {
        stop.raise()
        await join()
    }

    /// Waits for the input to end by itself.
    package func join() async { _ = try? await BlockingWork.run { [self] in pthread_join(thread, nil) } }

    /// Waits until something is so; false when it is not so for 30 seconds.
    package static func eventually(_ condition: @Sendable () async throws -> Bool) async rethrows -> Bool {
        for _ in 0..<1_500 {
            if try await condition() { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return try await condition()
    }

    /// Waits until so many lines have come.
    package func has(_ count: Int) async -> Bool { await Self.eventually { self.sink.lineCount >= count } }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
        guard let pointer else { return nil }
        let work = Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue()
        work.input.run(work.context)
        return nil
    }

    @Sendable private static func wallClock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
