import Outputs

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A file of logs, plain or gzip, read in pieces.
struct RecordedLog {
    let path: String
    private static let pieceBytes = 1 << 20

    /// Bytes of the file as it lies on the disk; 0 where it cannot be told.
    var size: Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Hands out the contents; `progress` gets the bytes of the file read so far.
    func read(
        _ body: (UnsafeBufferPointer<UInt8>) -> Void,
        progress: (Int) -> Void
    ) throws(AgentError) {
        let file = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("open") }
        defer { if file != 0 { close(file) } }
        let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.pieceBytes)
        let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.pieceBytes)
        defer {
            piece.deallocate()
            room.deallocate()
        }
        guard var gunzip = GunzipStream() else { throw AgentError.io("\(path): no memory for gzip") }
        var done = 0
        var isGzip: Bool?
        while true {
            let count = Glibc.read(file, piece.baseAddress, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            guard count > 0 else { break }
            done += count
            let bytes = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(piece)[..<count])
            let isCompressed = isGzip ?? (count > 2 && bytes[0] == 0x1F && bytes[1] == 0x8B)
            isGzip = isCompressed
            if isCompressed {
                guard gunzip.expand(bytes, room: room, body) else { throw AgentError.io("\(path): damaged gzip") }
            } else {
                body(bytes)
            }
            progress(done)
        }
        // A member that is being written while it is read ends early; what there is has been handed out.
    }

    private func failure(_ doing: String) -> AgentError {
        AgentError.io("cannot \(doing) \(path): \(String(cString: strerror(errno)))")
    }
}
