/// The engine's events, one JSON object a line.
///
/// A class, because it owns its connection. Used by one thread.
final class EventStream {
    /// A longer line is no event.
    private static let lineBytesMax = 1024 * 1024

    let stream: EngineStream
    private var line: [UInt8] = []

    /// Makes events of a stream that has been opened.
    init(_ stream: EngineStream) { self.stream = stream }

    /// Reads once; nil when the stream is over.
    ///
    /// What does not parse is passed over: events are hints.
    func receive(into buffer: UnsafeMutableBufferPointer<UInt8>) -> [EngineJSON.Event]? {
        var events: [EngineJSON.Event] = []
        do throws(EngineFailure) {
            let progress = try stream.receive(into: buffer) { events += split($0) }
            let isRefused = stream.head.map { $0.status != 200 } ?? false
            return progress == .ended || isRefused || line.count > Self.lineBytesMax ? nil : events
        } catch {
            return nil
        }
    }

    private func split(_ piece: UnsafeBufferPointer<UInt8>) -> [EngineJSON.Event] {
        var events: [EngineJSON.Event] = []
        for byte in piece {
            guard byte == 0x0A else {
                if line.count <= Self.lineBytesMax { line.append(byte) }
                continue
            }
            if let event = EngineJSON.decode(EngineJSON.Event.self, line) { events.append(event) }
            line.removeAll(keepingCapacity: true)
        }
        return events
    }
}
