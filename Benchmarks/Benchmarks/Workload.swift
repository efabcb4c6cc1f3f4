import RecordPath

/// The lines that everything is measured on: batches for the record path, one block for the references.
struct Workload {
    let batches: [RecordBatch]
    /// All lines with newlines; 64 bytes of slack behind.
    let bytes: [UInt8]
    let lines: Int
    var count: Int { bytes.count - 64 }

    /// JSON lines of a service, a share of them with something to redact.
    init(lines: Int, sensitivePerMille: Int = 80) {
        var generator = LineGenerator(sensitivePerMille: sensitivePerMille)
        self.init(lines: lines) { generator.next() }
    }

    /// Lines as `next` makes them.
    init(lines: Int, next: () -> String) {
        let stream = SourceStream(
            .init(
                input: "docker",
                key: "docker:bench:stdout",
                fallbackService: "shop",
                stream: "stdout",
                container: "shop-1",
                containerID: "abcdef0123456789",
                image: "shop:1"
            )
        )
        var batches: [RecordBatch] = []
        var bytes: [UInt8] = []
        var batch = RecordBatch()
        var index = batch.add(stream: stream)
        for number in 0..<lines {
            let line = Array(next().utf8)
            bytes += line
            bytes.append(0x0A)
            let time = 1_795_260_000_000_000_000 + Int64(number) * 1000
            line.withUnsafeBufferPointer {
                batch.append($0, stream: index, time: time, identity: (1, UInt64(number)))
            }
            if batch.bytes.count >= RecordBatch.targetBytes {
                batches.append(batch)
                batch = RecordBatch()
                index = batch.add(stream: stream)
            }
        }
        batches.append(batch)
        self.batches = batches
        self.bytes = bytes + Array(repeating: 0, count: 64)
        self.lines = lines
    }
}
