import NIOCore

/// The body of a request in one piece; tells when it is asked for.
struct RequestBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    let buffer: ByteBuffer
    let taken: @Sendable () -> Void

    struct AsyncIterator: AsyncIteratorProtocol {
        var buffer: ByteBuffer?
        let taken: @Sendable () -> Void

        mutating func next() async -> ByteBuffer? {
            taken()
            defer { buffer = nil }
            return buffer
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(buffer: buffer, taken: taken)
    }
}
