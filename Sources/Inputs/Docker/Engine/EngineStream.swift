/// A response of the engine whose body is read as it comes.
///
/// A class, because it owns its connection for as long as the engine sends. Used by one thread.
package final class EngineStream {
    /// What `receive` came to.
    package enum Progress: Equatable {
        /// So many bytes were read from the connection.
        case more(Int)
        /// Nothing there at the moment.
        case nothing
        /// The body is complete.
        case ended
    }

    package let socket: EngineSocket
    /// Status and headers, once they have come.
    package private(set) var head: HTTPResponseHead?
    private var parser = HTTPResponseParser()

    /// Makes a stream over a connection on which the request has been sent.
    package init(_ socket: EngineSocket) { self.socket = socket }

    /// Reads once and hands each piece of the body on.
    ///
    /// `buffer` is free for others afterwards.
    package func receive(
        into buffer: UnsafeMutableBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(EngineFailure) -> Progress {
        switch try socket.receive(into: buffer) {
        case .nothing: return .nothing
        case .closed:
            try closed()
            return .ended
        case .bytes(let count):
            let isOver = try parse(UnsafeBufferPointer(rebasing: buffer.prefix(count)), body)
            return isOver ? .ended : .more(count)
        }
    }

    private func parse(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(EngineFailure) -> Bool {
        var bytes = bytes
        do throws(HTTPResponseParser.Failure) {
            while let event = try parser.next(&bytes) {
                switch event {
                case .head(let head): self.head = head
                case .body(let piece): body(piece)
                case .end: return true
                }
            }
            return false
        } catch {
            throw .malformed(error)
        }
    }

    private func closed() throws(EngineFailure) {
        do throws(HTTPResponseParser.Failure) { try parser.closed() } catch { throw .disconnected }
    }
}
