import Inputs
import RecordPath

/// The shop as an input: its services write in real time into the same batches as containers do.
struct ShopInput: Input {
    /// Visits a second.
    static let rate = 120

    let name = "exec"
    let seed: UInt64

    func run(_ context: InputContext) {
        var shop = Shop(seed: seed)
        let writer = BatchWriter(sink: context.sink)
        let streams = Dictionary(
            uniqueKeysWithValues: Shop.services.map { service in
                (service, [false, true].map { isError in Self.stream(service, isError: isError) })
            }
        )
        let start = context.now()
        var offset: UInt64 = 0
        var visits = 0
        context.status.up(name)
        while writer.isAccepting, !context.stop.wait(milliseconds: 50) {
            let elapsed = Double(context.now() - start) / 1e9
            while Double(visits) < elapsed * Double(Self.rate) {
                visits += 1
                for line in shop.visit(time: context.now(), second: elapsed) {
                    guard let stream = streams[line.service]?[line.isError ? 1 : 0] else { continue }
                    var text = line.text
                    text.withUTF8 { bytes in
                        _ = writer.append(bytes, stream: stream, time: context.now(), identity: (seed, offset))
                    }
                    offset += UInt64(line.text.utf8.count) + 1
                }
            }
            writer.flush()
        }
        writer.flush()
    }

    private static func stream(_ service: String, isError: Bool) -> SourceStream {
        let stream = isError ? "stderr" : "stdout"
        return SourceStream(
            SourceStream.Origin(
                input: "exec",
                key: "demo:\(service):\(stream)",
                fallbackService: service,
                stream: stream,
                container: "shop-\(service)-1",
                image: "shop/\(service):1.4.2"
            )
        )
    }
}
