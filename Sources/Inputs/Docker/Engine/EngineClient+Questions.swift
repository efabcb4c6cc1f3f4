extension EngineClient {
    private static let oneShot = APIVersion(major: 1, minor: 41)
    private static let statsBytesMax = 1024 * 1024

    /// What one container uses; from API 1.41 on the engine answers at once, before that after a second or two.
    package func stats(_ id: String) throws(EngineFailure) -> EngineJSON.Stats {
        let isQuick = negotiated.map { $0 >= Self.oneShot } ?? false
        let path = "/containers/\(id)/stats?stream=false\(isQuick ? "&one-shot=true" : "")"
        let body = try answer(path, limit: Self.statsBytesMax)
        guard let stats = EngineJSON.decode(EngineJSON.Stats.self, body) else { throw .unreadable }
        return stats
    }

    /// The last message in the log of a container; nil when there is none.
    package func lastMessage(_ id: String, hasTerminal: Bool) throws(EngineFailure) -> TailMessage? {
        let path = "/containers/\(id)/logs?stdout=1&stderr=1&timestamps=1&tail=1"
        let body = try answer(path, limit: FrameDecoder.payloadBytesMax)
        return TailMessage.last(of: body, hasTerminal: hasTerminal)
    }
}
