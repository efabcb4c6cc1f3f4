/// The last message that the engine has of a container, from `tail=1`.
package struct TailMessage: Sendable, Equatable {
    /// Written to stderr.
    package var isError: Bool
    /// The engine's time of it.
    package var time: Int64

    /// Makes a message.
    package init(isError: Bool, time: Int64) {
        self.isError = isError
        self.time = time
    }

    /// Reads the last message of a log stream; nil when it has none, or is none.
    package static func last(of body: [UInt8], hasTerminal: Bool) -> TailMessage? {
        body.withUnsafeBufferPointer { bytes in hasTerminal ? lastRaw(bytes) : lastFramed(bytes) }
    }

    private static func lastFramed(_ bytes: UnsafeBufferPointer<UInt8>) -> TailMessage? {
        var rest = bytes
        var decoder = FrameDecoder()
        var last: TailMessage?
        do throws(FrameDecoder.Failure) {
            while let frame = try decoder.next(&rest) {
                guard frame.kind != .systemError else { return nil }
                guard let prefix = EngineTime.prefix(of: frame.payload) else { continue }
                last = TailMessage(isError: frame.kind == .stderr, time: prefix.time)
            }
        } catch {
            return nil
        }
        return last
    }

    /// Without frames, and with one message only, the answer is a timestamp and text.
    private static func lastRaw(_ bytes: UnsafeBufferPointer<UInt8>) -> TailMessage? {
        EngineTime.prefix(of: bytes).map { TailMessage(isError: false, time: $0.time) }
    }
}
