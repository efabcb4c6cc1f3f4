/// Divides a push that Loki will not take as a whole.
enum LokiSplit {
    /// Two batches with half of the entries each, in order; none when there is only one, or the body is not ours.
    static func halves(of batch: SealedBatch) -> [SealedBatch] {
        guard batch.records > 1, let push = LokiPush(batch), push.count == batch.records else { return [] }
        var (first, second): ([LokiPush.Stream], [LokiPush.Stream]) = ([], [])
        var left = push.count / 2
        for stream in push.streams {
            let taken = min(left, stream.entries.count)
            left -= taken
            add(stream, stream.entries.prefix(taken), to: &first)
            add(stream, stream.entries.dropFirst(taken), to: &second)
        }
        return [first, second].compactMap { push.batch(of: $0, like: batch) }
    }

    private static func add(
        _ stream: LokiPush.Stream,
        _ entries: ArraySlice<LokiPush.Entry>,
        to streams: inout [LokiPush.Stream]
    ) {
        guard !entries.isEmpty else { return }
        streams.append(LokiPush.Stream(labels: stream.labels, entries: Array(entries)))
    }
}
