#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Runs what blocks on a thread of its own, so that no thread of the tests' pool waits for it.
package enum BlockingWork {
    private final class Job {
        let body: () -> Void

        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// Runs `body` on a new thread and gives its result.
    package static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job { continuation.resume(with: Swift.Result { try body() }) }
            var thread = pthread_t()
            let code = pthread_create(&thread, nil, main, Unmanaged.passRetained(job).toOpaque())
            precondition(code == 0, "no thread: errno \(code)")
            pthread_detach(thread)
        }
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
        if let pointer { Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().body() }
        return nil
    }
}
