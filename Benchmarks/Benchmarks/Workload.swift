import RecordPath

/// The lines that everything is measured on: batches for the record path, one block for the references.
struct Workload {
    let batches: [RecordBatch]
    /// All lines with newlines; 64 bytes of slack behind.
    let bytes: [UInt8]
    let lines: Int
    var count: Int { bytes.count - 64 }

    /// `part`: which stretch of the one endless log this is, so that time goes on from part to part.
    init(lines: Int, part: Int = 0, sensitivePerMille: Int = 80) {
        var generator = LineGenerator(
            seed: 42 + UInt64(part),
            sensitivePerMille: sensitivePerMille,
            startingAt: part * lines
        )
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
        bytes.reserveCapacity(lines * 420)
        var batch = RecordBatch()
        var index = batch.add(stream: stream)
        for number in 0..<lines {
            let start = bytes.count
            generator.write(to: &bytes)
            let time = 1_795_260_000_000_000_000 + Int64(part * lines + number) * 1_000_000
            bytes.withUnsafeBufferPointer {
                let line = UnsafeBufferPointer(rebasing: $0[start...])
                batch.append(line, stream: index, time: time, identity: (1, UInt64(number)))
            }
            bytes.append(0x0A)
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
