extension DockerSession {
    /// Opens the log of a container where its position says.
    func open(_ id: String, follow: Bool) {
        do throws(EngineFailure) {
            let details = try client.inspect(id)
            guard selector.selects(details) else {
                observer.removed(id)
                readContainers.decided(id, isRead: false)
                return watcher.ended(id, .ignored, hadLines: false, now: monotonicNow)
            }
            observer.observed(details)
            readContainers.decided(id, isRead: true)
            let log = log(of: details)
            if !follow, !details.isRunning, log.isDrained {
                return watcher.ended(id, .complete, hadLines: false, now: monotonicNow)
            }
            if let reading = fileReading(log, follow: follow) {
                fileReadings[id] = reading
                filesAt = 0
                return
            }
            log.places = nil
            let since = log.since(now: context.now())
            let stream = try client.logs(id, since: since, follow: follow)
            log.connected(since: since)
            readings[id] = ContainerReading(log, stream, isFollowing: follow)
            if follow { stalls.opened(id, now: monotonicNow) }
        } catch {
            failedToOpen(id, error)
        }
    }

    /// Reads once from the connection of a container; the number of bytes.
    func read(_ id: String) -> Int {
        guard let reading = readings[id] else { return 0 }
        let progress = reading.receive(into: buffer, now: context.now())
        let gaps = reading.log.takeGaps()
        // A recovery has told of its gap.
        for _ in 0..<(reading.recovery == nil ? gaps : 0) { context.status.gap(Self.name, reason: "rotated") }
        switch progress {
        case .more(let count):
            stalls.heard(id, now: monotonicNow)
            return count
        case .ended: complete(id, reading)
        case .refused(let status): refused(id, reading, status)
        case .lost: end(id, .broken)
        case .corrupt(let failure): corrupt(id, reading, failure)
        }
        return 0
    }

    /// Closes the connection of a container and tells the watcher.
    func end(_ id: String, _ ending: ContainerWatcher.Ending) {
        guard let reading = readings.removeValue(forKey: id) else { return endFile(id, ending) }
        reading.log.disconnected()
        stalls.closed(id)
        watcher.ended(id, ending, hadLines: reading.hadLines, now: monotonicNow)
    }

    private func log(of details: ContainerDetails) -> ContainerLog {
        if let known = logs[details.id] {
            known.update(details)
            return known
        }
        let log = ContainerLog(details, floor: floor, positions: context.positions, writer: writer)
        logs[details.id] = log
        return log
    }

    private func failedToOpen(_ id: String, _ failure: EngineFailure) {
        switch failure {
        case .status(404): watcher.ended(id, .missing, hadLines: false, now: monotonicNow)
        case .status, .unreadable, .answerTooLong:
            watcher.ended(id, .broken, hadLines: false, now: monotonicNow)
        default:
            watcher.ended(id, .broken, hadLines: false, now: monotonicNow)
            detach(failure)
        }
    }

    private func refused(_ id: String, _ reading: ContainerReading, _ status: Int) {
        switch status {
        case 404: end(id, .missing)
        case 501:
            let driver = reading.log.details.logDriver
            context.status.note(
                Self.name,
                "container \(reading.log.details.name) cannot be read: its log driver \(driver) gives nothing back; "
                    + "use json-file, local or journald"
            )
            readContainers.decided(id, isRead: false)
            end(id, .ignored)
        default: end(id, .broken)
        }
    }

    private func corrupt(_ id: String, _ reading: ContainerReading, _ failure: ContainerLog.Failure) {
        switch failure {
        case .frame(let cause):
            context.status.gap(Self.name, reason: "frame")
            context.status.note(
                Self.name,
                "the log stream of container \(reading.log.details.name) is out of step (\(cause)); reconnecting"
            )
        case .engine:
            context.status.note(
                Self.name,
                "the engine cannot read on in the log of container \(reading.log.details.name); reconnecting"
            )
        }
        end(id, .broken)
    }
}
