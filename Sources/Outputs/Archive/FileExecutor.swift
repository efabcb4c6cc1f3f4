import Dispatch

/// Runs an actor on a thread that may block on files, so that no shared thread does.
final class FileExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // The executor lives as long as the actor that owns it, and that one as long as its jobs.
        queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
}
