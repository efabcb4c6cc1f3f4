import CCodec

/// Reads a snappy block back.
package enum Unsnappy {
    /// The contents; nil when the block is damaged or says that it is longer than `limit` bytes.
    package static func expand(_ input: [UInt8], limit: Int) -> [UInt8]? {
        input.withUnsafeBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
            var length = 0
            guard snappy_uncompressed_length(base, raw.count, &length) == SNAPPY_OK, length <= limit else { return nil }
            var isWhole = false
            let output = [UInt8](unsafeUninitializedCapacity: length) { room, count in
                var written = length
                // An empty array may have no memory; snappy writes nothing then, but wants an address.
                var nothing: CChar = 0
                let status = withUnsafeMutablePointer(to: &nothing) { spare in
                    let target = room.baseAddress.map { UnsafeMutableRawPointer($0) } ?? UnsafeMutableRawPointer(spare)
                    return snappy_uncompress(base, raw.count, target.assumingMemoryBound(to: CChar.self), &written)
                }
                isWhole = status == SNAPPY_OK && written == length
                count = isWhole ? length : 0
            }
            return isWhole ? output : nil
        }
    }
}
