import Outputs
import RecordPath

/// One compressor an output, owned by a worker's thread.
struct CompressorSet: ~Copyable {
    // Invariant: the first `count` of `capacity` elements are initialised.
    private let base: UnsafeMutablePointer<Compressor>
    private static let capacity = 16
    private var count = 0

    init() { base = .allocate(capacity: Self.capacity) }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    /// Adds a compressor; libraries were checked at start, so that it can always be made.
    mutating func add(_ compression: Compression) {
        precondition(count < Self.capacity, "too many outputs")
        guard let compressor = Compressor(compression) else {
            preconditionFailure("compression \(compression) was offered and is not there")
        }
        (base + count).initialize(to: compressor)
        count += 1
    }

    /// The compressed form of an arena's bytes.
    mutating func compress(_ raw: borrowing Arena, at index: Int) -> [UInt8]? {
        precondition(index < count)
        let compressor = base + index
        return raw.withBytes { compressor.pointee.compress(UnsafeRawBufferPointer($0)) }
    }

    /// Gives back what inputs took that were larger than `bytes`.
    mutating func shrink(to bytes: Int) {
        for index in 0..<count { (base + index).pointee.shrink(to: bytes) }
    }
}
