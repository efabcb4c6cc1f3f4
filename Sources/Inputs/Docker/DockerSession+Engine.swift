extension DockerSession {
    private static let attachBackoffMax: Int64 = 5_000

    /// Attaches to the engine when it is time; a failure is reported and tried again, for ever.
    func attachIfDue() {
        guard !isAttached, attachAt <= monotonicNow else { return }
        do throws(EngineFailure) {
            try client.negotiate()
            if !context.once { events = EventStream(try client.events()) }
            isAttached = true
            attachFailures = 0
            watcher.reattached()
            context.status.up(Self.name)
        } catch {
            detach(error)
        }
    }

    /// The engine has gone.
    ///
    /// What is being read goes on until it ends by itself.
    func detach(_ failure: EngineFailure) {
        guard failure != .stopped else { return }
        isAttached = false
        events = nil
        attachAt = monotonicNow + min(Self.attachBackoffMax, 100 << Int64(min(attachFailures, 10)))
        attachFailures += 1
        context.status.down(Self.name, failure.explanation)
    }

    /// Reads the list of containers.
    func list() {
        do throws(EngineFailure) {
            let containers = try client.containers()
            watcher.listed(containers, now: monotonicNow)
            let ids = Set(containers.lazy.map(\.id))
            observer.listed(ids)
            readContainers.listed(ids)
            let running = Set(containers.lazy.filter(\.isRunning).map(\.id))
            for (id, reading) in fileReadings where !running.contains(id) { reading.isEnding = true }
            listAt = monotonicNow + Self.listMilliseconds
        } catch {
            detach(error)
        }
    }

    /// Reads what the event stream has.
    func readEvents() {
        guard let found = events?.receive(into: buffer) else {
            if !context.stop.isRaised { eventsEnded() }
            return
        }
        for event in found {
            guard let id = event.id, EngineClient.isID(id), let action = event.action else { continue }
            observer.happened(event, to: id, now: context.now())
            switch action {
            case "start", "unpause": watcher.started(id)
            case "die":
                watcher.stopped(id)
                fileReadings[id]?.isEnding = true
            case "destroy":
                watcher.removed(id, now: monotonicNow)
                observer.removed(id)
            case "rename", "update": changed(id)
            default: continue
            }
        }
    }

    /// Nobody cares for this container any more: neither we nor the positions.
    func forget(_ id: String) {
        readings[id] = nil
        fileReadings[id] = nil
        logs[id] = nil
        missing[id] = nil
        stalls.forget(id)
        for stream in ["stdout", "stderr"] {
            writer.mark(ContainerLog.key(id, stream), nil, worker: 0)
            writer.mark(LogFilePlace.key(id, stream), nil, worker: 0)
        }
    }

    /// The stream of events ends when the engine does; when it does not, attaching again succeeds at once.
    private func eventsEnded() {
        events = nil
        isAttached = false
        attachAt = monotonicNow
    }

    /// A new name may select the container, or not any more; limits may have been changed, too.
    private func changed(_ id: String) {
        watcher.changed(id)
        guard let log = logs[id] else { return }
        do throws(EngineFailure) {
            let details = try client.inspect(id)
            log.update(details)
            guard !selector.selects(details) else { return observer.observed(details) }
            observer.removed(id)
            readContainers.decided(id, isRead: false)
            end(id, .ignored)
        } catch {
            watcher.wantsList = true
        }
    }
}
