import Outputs
import RecordPath

/// Decides when a worker's open requests are sealed, and compresses them: by size, or by the age of the first record.
struct Sealer: ~Copyable {
    /// The body being sealed, before compression; reused.
    var raw = Arena(capacity: 1 << 20)
    private let outlets: [Worker.Outlet]
    private var compressors = CompressorSet()
    private var pendingBytes: [Int]
    private var openedAt: [ContinuousClock.Instant?]

    init(outlets: [Worker.Outlet]) {
        self.outlets = outlets
        pendingBytes = outlets.map { _ in 0 }
        openedAt = outlets.map { _ in nil }
        for outlet in outlets { compressors.add(outlet.compression) }
    }

    /// How long the worker may wait before something is due; nil: nothing is open.
    var timeToNextSeal: Duration? {
        let now = ContinuousClock.now
        var shortest: Duration?
        for (index, opened) in openedAt.enumerated() {
            guard let opened else { continue }
            let left = max(.zero, outlets[index].batchAge - (now - opened))
            shortest = min(shortest ?? left, left)
        }
        return shortest
    }

    /// Notes how much an encoder holds.
    mutating func pending(_ index: Int, _ bytes: Int) {
        pendingBytes[index] = bytes
        if bytes > 0, openedAt[index] == nil { openedAt[index] = .now }
    }

    func hasPending(_ index: Int) -> Bool { pendingBytes[index] > 0 }

    func isFull(_ index: Int) -> Bool { pendingBytes[index] >= outlets[index].batchBytes }

    func isDue(_ index: Int) -> Bool {
        guard let opened = openedAt[index] else { return false }
        return pendingBytes[index] > 0 && ContinuousClock.now - opened >= outlets[index].batchAge
    }

    /// The compressed form of `raw` for an output; it starts a new request there.
    mutating func compress(_ index: Int) -> [UInt8]? {
        pendingBytes[index] = 0
        openedAt[index] = nil
        return compressors.compress(raw, at: index)
    }
}
