import CCodec

/// Compresses whole bodies, one after the other, with memory that is kept between them.
///
/// Owned by one worker. The state of a codec (up to 480 KB) and the output buffer are allocated once; a call
/// allocates only the array that it returns.
package struct Compressor: ~Copyable {
    /// Largest input: one gzip member of 4 GiB could not say its length, and no batch comes near.
    package static let inputBytesMax = 1 << 30

    /// What it does.
    package let compression: Compression
    /// Invariant: made by `martlet_gzip_new`, freed in `deinit` only; nil unless `compression` is gzip.
    private let gzip: OpaquePointer?
    private var scratch: UnsafeMutableRawBufferPointer

    /// Makes a compressor; nil when this host does not have the library.
    package init?(_ compression: Compression) {
        self.compression = compression
        scratch = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        guard case .gzip(let codec, let level) = compression else {
            gzip = nil
            return
        }
        gzip = martlet_gzip_new(codec.library, level)
        if gzip == nil { return nil }
    }

    deinit {
        martlet_gzip_free(gzip)
        scratch.deallocate()
    }

    /// The compressed form of `input`; nil when it is too large or the library failed.
    package mutating func compress(_ input: UnsafeRawBufferPointer) -> [UInt8]? {
        guard input.count <= Self.inputBytesMax else { return nil }
        switch compression {
        case .none: return [UInt8](input)
        case .gzip: return compressGzip(input)
        case .snappy: return compressSnappy(input)
        }
    }

    /// The compressed form of an array.
    package mutating func compress(_ input: [UInt8]) -> [UInt8]? {
        // Not a method reference: `self` is inout, and the closure ends before it is used again.
        input.withUnsafeBytes { bytes in compress(bytes) }
    }

    private mutating func compressGzip(_ input: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let gzip else { return nil }
        reserve(martlet_gzip_bound(gzip, input.count))
        let length = martlet_gzip_compress(gzip, Self.bytes(input), input.count, scratch.baseAddress, scratch.count)
        return length == 0 ? nil : [UInt8](scratch.prefix(length))
    }

    private mutating func compressSnappy(_ input: UnsafeRawBufferPointer) -> [UInt8]? {
        reserve(snappy_max_compressed_length(input.count))
        var length = scratch.count
        let status = snappy_compress(Self.bytes(input), input.count, scratch.baseAddress, &length)
        return status == SNAPPY_OK ? [UInt8](scratch.prefix(length)) : nil
    }

    /// The start of `input`; for an empty one any address that is not null, because C libraries insist.
    private static func bytes<T>(_ input: UnsafeRawBufferPointer) -> UnsafePointer<T> {
        (input.baseAddress ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped).assumingMemoryBound(to: T.self)
    }

    /// Gives back what an input took that was larger than `bytes`.
    package mutating func shrink(to bytes: Int) {
        guard scratch.count > bytes + bytes / 2 else { return }
        scratch.deallocate()
        scratch = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    private mutating func reserve(_ bytes: Int) {
        guard scratch.count < bytes else { return }
        scratch.deallocate()
        scratch = .allocate(byteCount: bytes + bytes / 8, alignment: 16)
    }
}
