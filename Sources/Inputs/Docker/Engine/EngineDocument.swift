/// What the engine can be asked for as it stands: every GET of the audit.
package enum EngineDocument: Sendable, Equatable {
    /// The engine and its host.
    case info
    case container(id: String)
    /// The image that a reference stands for now.
    case image(reference: String)
    /// The processes of a running container, with their users.
    case processes(id: String)
    /// What happened to containers between two times, nanoseconds since 1970; an object a line.
    case events(since: Int64, until: Int64)

    /// The path of the question; nil where an argument can be none, so that no answer of the engine writes a path.
    package var path: String? {
        switch self {
        case .info: return "/info"
        case .container(let id): return EngineClient.isID(id) ? "/containers/\(id)/json" : nil
        case .image(let reference): return Self.isReference(reference) ? "/images/\(reference)/json" : nil
        case .processes(let id): return EngineClient.isID(id) ? "/containers/\(id)/top?ps_args=-eo%20pid,uid,comm" : nil
        case .events(let since, let until):
            let actions = ["kill", "die", "oom", "start"].map { "%22\($0)%22" }.joined(separator: ",")
            let filters = "%7B%22type%22:%5B%22container%22%5D,%22event%22:%5B\(actions)%5D%7D"
            return "/events?since=\(EngineTime.since(since))&until=\(EngineTime.since(until))&filters=\(filters)"
        }
    }

    private static func isReference(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 512 && !text.contains("..")
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "._-/:@".utf8.contains(byte)
            }
    }
}

extension EngineClient {
    private static let documentBytesMax = 8 * 1024 * 1024

    /// The body of the answer.
    package func document(_ document: EngineDocument) throws(EngineFailure) -> [UInt8] {
        guard let path = document.path else { throw .status(400) }
        return try answer(path, limit: Self.documentBytesMax)
    }
}
