extension DockerSession {
    /// The engine has sent all.
    ///
    /// It closes streams as properly when it is itself about to go, and when it cannot read on: so the end of a log
    /// counts only when the engine still answers, and when the last line has come.
    func complete(_ id: String, _ reading: ContainerReading) {
        guard !reading.follows else { return end(id, .complete) }
        do throws(EngineFailure) {
            let unread = try unreadMessage(reading.log.details, reading.log)
            if let unread, !reading.log.details.isRunning { return incomplete(id, reading, unread) }
            finish(id, reading)
        } catch {
            end(id, .broken)
            detach(error)
        }
    }

    /// The engine's last message of a container, when it has not been read.
    ///
    /// An answer without one is as good as any: the engine is there.
    private func unreadMessage(_ details: ContainerDetails, _ log: ContainerLog) throws(EngineFailure) -> TailMessage? {
        do throws(EngineFailure) {
            let last = try client.lastMessage(details.id, hasTerminal: details.hasTerminal)
            return last.flatMap { log.hasRead($0) ? nil : $0 }
        } catch {
            switch error {
            case .status, .answerTooLong: return nil
            default: throw error
            }
        }
    }

    /// The last line has not come.
    ///
    /// It may have been written meanwhile, so the log is read once more before this counts as a gap.
    private func incomplete(_ id: String, _ reading: ContainerReading, _ unread: TailMessage) {
        guard reading.recovery != nil || missing[id] == unread else {
            missing[id] = unread
            return end(id, .broken)
        }
        if reading.recovery == nil {
            context.status.gap(Self.name, reason: "unreadable")
            note(id, "ends before its last line; is its file damaged? Trying to read it from its end")
        }
        var recovery = reading.recovery ?? TailRecovery()
        guard let lines = recovery.next() else { return finish(id, reading) }
        do throws(EngineFailure) {
            let stream = try client.logs(id, tail: lines)
            reading.log.disconnected()
            reading.log.connected(since: .min)
            readings[id] = ContainerReading(reading.log, stream, isFollowing: false, recovery: recovery)
        } catch {
            end(id, .broken)
            detach(error)
        }
    }

    private func finish(_ id: String, _ reading: ContainerReading) {
        missing[id] = nil
        readings[id] = nil
        reading.log.finish(now: context.now())
        watcher.ended(id, .complete, hadLines: reading.hadLines, now: monotonicNow)
    }
}
