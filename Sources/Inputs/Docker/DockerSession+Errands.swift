extension DockerSession {
    /// Starts the thread that asks the engine what can wait; nil where there is none.
    func startErrands() -> HelperThread? {
        guard !context.once, let errands = EngineErrands() else { return nil }
        guard let thread = HelperThread({ errands.run() }) else { return nil }
        self.errands = errands
        return thread
    }

    /// When there will be something to ask.
    var errandAt: Int64? {
        guard errands != nil else { return nil }
        return [isSampling ? nil : observer.nextAt, isProbing ? nil : stalls.nextAt].compactMap(\.self).min()
    }

    /// Asks what is due: one question of each kind at a time.
    func ask() {
        guard let errands else { return }
        if !isSampling, let id = observer.next(now: monotonicNow) {
            isSampling = true
            errands.ask(.stats(id: id), client)
        }
        if !isProbing, let id = stalls.next(now: monotonicNow), let log = logs[id] {
            isProbing = true
            errands.ask(.lastMessage(id: id, hasTerminal: log.details.hasTerminal), client)
        }
    }

    /// Takes what the engine has answered.
    func readAnswers() {
        for answer in errands?.takeAnswers() ?? [] {
            switch answer {
            case .stats(let id, let stats):
                isSampling = false
                if let stats { observer.measured(id, stats) }
            case .lastMessage(let id, let message):
                isProbing = false
                compared(id, message)
            }
        }
    }

    private func compared(_ id: String, _ message: TailMessage?) {
        let unread = message.flatMap { message in logs[id]?.hasRead(message) == false ? message.time : nil }
        switch stalls.probed(id, missing: unread, now: monotonicNow) {
        case .wait: return
        case .reconnect:
            note(id, "has stalled: the engine has newer lines than it sends; reconnecting")
            end(id, .broken)
        case .unreadable:
            context.status.gap(Self.name, reason: "unreadable")
            note(id, "does not bring its newest lines, also after reconnecting; is its file damaged?")
        }
    }

    /// Says something about the log stream of a container.
    func note(_ id: String, _ text: String) {
        let name = logs[id]?.details.name ?? id
        context.status.note(Self.name, "the log stream of container \(name) \(text)")
    }
}
