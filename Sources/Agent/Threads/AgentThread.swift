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
        let status = pthread_create(&started, nil, { argument in
            guard let argument else { return nil }
            let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
            pthread_setname_np(pthread_self(), String(body.name.prefix(15)))
            body.run()
            return nil
        }, box.toOpaque())
        precondition(status == 0, "pthread_create failed: \(status)")
        handle = started
    }

    /// Waits until the thread has ended. Call once, or `detach` instead.
    func join() { pthread_join(handle, nil) }

    /// Gives up the right to join: the thread cleans up after itself.
    func detach() { pthread_detach(handle) }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
