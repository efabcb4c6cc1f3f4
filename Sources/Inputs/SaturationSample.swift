/// How much of what a container may use it did use, each 1 at the limit; nil where that is not known.
package struct SaturationSample: Sendable, Equatable {
    /// Of the CPU limit, since the last sample.
    package var cpu: Double?
    /// The share of scheduling periods in which it was held back, since the last sample.
    package var throttled: Double?
    /// Of the memory limit, without page cache that can be taken back.
    package var memory: Double?
    /// Of the limit on processes and threads.
    package var pids: Double?

    /// Makes a sample.
    package init(cpu: Double? = nil, throttled: Double? = nil, memory: Double? = nil, pids: Double? = nil) {
        self.cpu = cpu
        self.throttled = throttled
        self.memory = memory
        self.pids = pids
    }

    /// The highest of what is known.
    package var highest: Double? { [cpu, throttled, memory, pids].compactMap(\.self).max() }
    /// Whether nothing is known.
    package var isEmpty: Bool { highest == nil }
}
