#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A thread of our own: inputs and workers block and compute, which the shared pool of Swift concurrency must not.
final class AgentThread: Sendable {
    private let handle: pthread_t

    /// Starts a thread; `name` (15 bytes count) shows up in `top -H`.
    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(name: name, run: body))
        var started = pthread_t()
        let status = pthread_create(
            &started,
            nil,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                AgentThread.nameThisThread(body.name)
                body.run()
                return nil
            },
            box.toOpaque()
        )
        precondition(status == 0, "pthread_create failed: \(status)")
        handle = started
    }

    /// Waits until the thread has ended.
    ///
    /// Call once, or `detach` instead.
    func join() { pthread_join(handle, nil) }

    /// Gives up the right to join: the thread cleans up after itself.
    func detach() { pthread_detach(handle) }

    /// By the kernel's file, because the C function is not in the module that Swift imports.
    private static func nameThisThread(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        let bytes = Array(name.utf8.prefix(15))
        _ = write(file, bytes, bytes.count)
        close(file)
    }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
