extension DockerSession {
    /// How often files are looked at that brought nothing the last time.
    private static let idleMilliseconds: Int64 = 200

    /// A reading of the engine's own files; nil where the log has to come through the engine.
    func fileReading(_ log: ContainerLog, follow: Bool) -> LogFileReading? {
        guard options.read == .file else { return nil }
        let details = log.details
        guard details.logDriver == "json-file" else {
            return explain("its log driver is \(details.logDriver)", details, once: "driver")
        }
        guard !details.compressesLogs else {
            return explain("its log driver compresses its files", details, once: "compress")
        }
        let now = (wall: context.now(), monotonic: monotonicNow)
        guard details.logPath.hasPrefix("/"), let reading = LogFileReading(log, isFollowing: follow, now: now) else {
            return explain("its log file cannot be opened; is the engine's folder mounted?", details, once: "path")
        }
        return reading
    }

    /// Gives every file that may have something its turn.
    func readFiles() {
        let now = monotonicNow
        guard !fileReadings.isEmpty, filesAt <= now else { return }
        var isBusy = false
        for (id, reading) in fileReadings {
            guard writer.isAccepting, !context.stop.isRaised else { return }
            let progress = reading.turn(into: buffer, now: (wall: context.now(), monotonic: now))
            for reason in reading.takeGaps() { context.status.gap(Self.name, reason: reason) }
            for _ in 0..<reading.log.takeGaps() { context.status.gap(Self.name, reason: "rotated") }
            switch progress {
            case .more: isBusy = true
            case .idle: continue
            case .ended: completeFile(id, reading)
            case .failed: endFile(id, .broken)
            }
        }
        filesAt = isBusy ? now : now + Self.idleMilliseconds
    }

    /// Lets go of the files of a container and tells the watcher.
    func endFile(_ id: String, _ ending: ContainerWatcher.Ending) {
        guard let reading = fileReadings.removeValue(forKey: id) else { return }
        reading.notePlaces()
        reading.log.disconnected()
        watcher.ended(id, ending, hadLines: reading.hadLines, now: monotonicNow)
    }

    private func completeFile(_ id: String, _ reading: LogFileReading) {
        guard !reading.isFollowing else { return endFile(id, .complete) }
        reading.finish(now: context.now())
        fileReadings[id] = nil
        watcher.ended(id, .complete, hadLines: reading.hadLines, now: monotonicNow)
    }

    private func explain(_ reason: String, _ details: ContainerDetails, once: String) -> LogFileReading? {
        guard toldReasons.insert(once).inserted else { return nil }
        context.status.note(
            Self.name,
            "container \(details.name), and others for the same reason, are read through the engine: \(reason)"
        )
        return nil
    }
}
