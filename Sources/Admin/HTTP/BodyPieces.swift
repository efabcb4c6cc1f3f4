import Synchronization

/// The body of an answer that may be too long to be held: made piece by piece, as the client takes it.
package final class BodyPieces: Sendable {
    private let make: @Sendable () -> [UInt8]?

    /// A body of the pieces that `next` gives until it gives nil.
    ///
    /// `next` is called by one thread at a time, on those of NIO for blocking work.
    package init(_ next: @escaping @Sendable () -> [UInt8]?) { make = next }

    /// The next piece; nil behind the last one.
    package func next() -> [UInt8]? { make() }

    /// All that is left, unless it is longer than `bytes`: then it begins with what had to be made to know.
    func gathered(upTo bytes: Int) -> (whole: [UInt8]?, rest: BodyPieces) {
        var start: [UInt8] = []
        while let piece = next() {
            start += piece
            if start.count > bytes { return (nil, BodyPieces(start, before: self)) }
        }
        return (start, self)
    }

    private convenience init(_ first: [UInt8], before rest: BodyPieces) {
        let first = Mutex<[UInt8]?>(first)
        self.init {
            first.withLock { first in
                defer { first = nil }
                return first
            } ?? rest.next()
        }
    }
}

extension BodyPieces: Equatable {
    /// A body is equal to itself.
    package static func == (left: BodyPieces, right: BodyPieces) -> Bool { left === right }
}
