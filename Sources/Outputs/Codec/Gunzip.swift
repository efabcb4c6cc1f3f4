import CCodec

/// Reads gzip back: archives, bodies that must be split, replies, and what tests receive.
package enum Gunzip {
    /// The contents of all members, one after the other; nil when a member is damaged or torn, or the contents
    /// would be longer than `limit` bytes.
    package static func expand(_ input: [UInt8], limit: Int) -> [UInt8]? {
        var stream = z_stream()
        // 15 + 16: the largest window, with a gzip header.
        guard
            inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        let isWhole = input.withUnsafeBytes { expand($0, &stream, limit: limit, into: &output) }
        return isWhole ? output : nil
    }

    private static func expand(
        _ input: UnsafeRawBufferPointer,
        _ stream: inout z_stream,
        limit: Int,
        into output: inout [UInt8]
    ) -> Bool {
        guard input.count <= Int(UInt32.max), input.count > 0 else { return false }
        // zlib does not write through next_in; its type only lacks the const.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(input.count)
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let (status, written) = chunk.withUnsafeMutableBufferPointer { room in
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                return (status, room.count - Int(stream.avail_out))
            }
            guard status == Z_OK || status == Z_STREAM_END, output.count + written <= limit else { return false }
            output += chunk.prefix(written)
            if status == Z_STREAM_END {
                if stream.avail_in == 0 { return true }
                guard inflateReset(&stream) == Z_OK else { return false }
            } else if stream.avail_in == 0 && written < chunk.count {
                return false
            }
        }
    }
}
