import Synchronization

/// The services that all workers know together: for each of them there are counters, series and Loki streams.
///
/// A name that finds no room is counted as `__other__`. What was admitted once stays.
package final class ServiceRegister: Sendable {
    /// What a service takes in all tables, without its request series.
    package static let bytesOfService = 10_000

    private let tables: TableBudget
    /// Hashes of names.
    private let admitted = Mutex<Set<UInt64>>([])

    /// Makes an empty register.
    package init(tables: TableBudget) { self.tables = tables }

    /// Whether a worker may take up a name.
    func admits(hash: UInt64) -> Bool {
        admitted.withLock { admitted in
            if admitted.contains(hash) { return true }
            guard tables.take(Self.bytesOfService, for: .services) else { return false }
            admitted.insert(hash)
            return true
        }
    }

    /// Admits what an earlier run has counted, whether there is room or not.
    package func restore(_ names: some Sequence<String>) {
        var table = NameTable()
        admitted.withLock { admitted in
            for name in names {
                guard let number = table.number(name), admitted.insert(table.hash(number)).inserted else { continue }
                tables.add(Self.bytesOfService, to: .services)
            }
        }
    }
}
