import Inputs
import RecordPath
import Synchronization

/// An input whose batches pass a hook on their way, on the input's own thread.
struct HookedInput: Input {
    let base: any Input
    /// Told the number of each batch, from 1, before the sink has it.
    let hook: @Sendable (Int) -> Void

    var name: String { base.name }

    func run(_ context: InputContext) {
        var context = context
        context.sink = HookedSink(base: context.sink, hook: hook)
        base.run(context)
    }

    private final class HookedSink: BatchSink {
        let base: any BatchSink
        let hook: @Sendable (Int) -> Void
        private let count = Atomic<Int>(0)

        init(base: any BatchSink, hook: @escaping @Sendable (Int) -> Void) {
            self.base = base
            self.hook = hook
        }

        var workerCount: Int { base.workerCount }

        func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool {
            hook(count.add(1, ordering: .relaxed).newValue)
            return base.send(batch, toWorker: worker)
        }
    }
}

/// The processes that an input has started.
final class StartedReaders: Sendable {
    private let processes = Mutex<[Int32]>([])

    func add(_ process: Int32) { processes.withLock { $0.append(process) } }
    var last: Int32? { processes.withLock { $0.last } }
    var count: Int { processes.withLock { $0.count } }
}
