#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A thread that an input keeps beside its own, for what must not keep it waiting.
final class HelperThread {
    private let handle: pthread_t

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread; nil when the host gives no more.
    init?(_ body: @escaping @Sendable () -> Void) {
        let body = Unmanaged.passRetained(Body(body))
        var started = pthread_t()
        guard pthread_create(&started, nil, Self.main, body.toOpaque()) == 0 else {
            body.release()
            return nil
        }
        handle = started
    }

    /// Waits until the thread has ended.
    ///
    /// Call once.
    func join() { pthread_join(handle, nil) }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
        guard let pointer else { return nil }
        Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
    }
}
