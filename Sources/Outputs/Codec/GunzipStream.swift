import CCodec

/// Reads gzip piece by piece: files of any size, with any number of members.
package struct GunzipStream: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private var isAtMemberStart = true

    /// Makes a reader; nil when there is no memory.
    package init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 + 16: the largest window, with a gzip header.
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Whether the input may end here: nothing, or a whole member, has been read.
    package var isComplete: Bool { isAtMemberStart }

    /// Expands the next piece of input, handing out what it becomes in pieces; false when it is damaged.
    package mutating func expand(
        _ input: UnsafeBufferPointer<UInt8>,
        room: UnsafeMutableBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) -> Bool {
        guard let base = input.baseAddress, input.count <= Int(UInt32.max), !room.isEmpty else { return input.isEmpty }
        // zlib does not write through next_in; its type only lacks the const.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base)
        stream.pointee.avail_in = UInt32(input.count)
        while true {
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            let status = inflate(stream, Z_NO_FLUSH)
            let written = room.count - Int(stream.pointee.avail_out)
            if written > 0 { body(UnsafeBufferPointer(rebasing: room[..<written])) }
            if status == Z_STREAM_END {
                isAtMemberStart = true
                guard inflateReset(stream) == Z_OK else { return false }
            } else {
                guard status == Z_OK || status == Z_BUF_ERROR else { return false }
                if stream.pointee.avail_in > 0 || written > 0 { isAtMemberStart = false }
            }
            if stream.pointee.avail_in == 0, written < room.count { return true }
        }
    }
}
