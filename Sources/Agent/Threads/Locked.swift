#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A value that cannot be copied, shared by threads under a lock.
///
/// The standard `Mutex` wants everything that meets the value to be sendable; a worker's own buffers are not.
/// `@unchecked Sendable`, with this invariant: `value` is only touched between lock and unlock of `mutex`.
final class Locked<Value: ~Copyable>: @unchecked Sendable {
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init(_ value: consuming Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Reads or changes the value, alone.
    func withLock<R>(_ body: (inout Value) -> R) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
