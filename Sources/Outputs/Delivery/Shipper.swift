package import Settings

/// Takes the batches of one lane and brings each to its end at an output.
///
/// In order, with as many on their way as `concurrency` says. It never gives up on what can still succeed; it
/// stops when the lane is closed and empty, or when its task is cancelled.
package struct Shipper: Sendable {
    private let output: any Output
    private let lane: any Lane
    private let observer: any DeliveryObserver
    private let surroundings: DeliverySurroundings
    private let concurrency: Int
    private let health: DeliveryHealth

    /// Makes a shipper; one batch at a time keeps the order that Loki wants.
    package init(
        output: any Output,
        lane: any Lane,
        observer: any DeliveryObserver,
        options: DeliveryOptions,
        surroundings: DeliverySurroundings,
        concurrency: Int = 1
    ) {
        self.output = output
        self.lane = lane
        self.observer = observer
        self.surroundings = surroundings
        self.concurrency = max(1, concurrency)
        health = DeliveryHealth(options, surroundings, concurrency: self.concurrency)
    }

    /// Ships until the lane is closed and empty, or the task is cancelled.
    package func run() async {
        await withTaskGroup { group in
            for place in 0..<concurrency { group.addTask { await shipInTurn(place) } }
        }
    }

    private func shipInTurn(_ place: Int) async {
        defer { health.end() }
        while let queued = await nextBatch(place) {
            var delivery = Delivery(queued)
            var result = BatchResult()
            health.firstTry()
            await bringToEnd(&delivery, &result)
            guard delivery.step == .done else {
                return lane.abandon(queued.sequence, mayBeStored: delivery.mayBeStored)
            }
            lane.acknowledge(queued.sequence, position: await output.position(), result: result)
        }
    }

    private func nextBatch(_ place: Int) async -> QueuedBatch? {
        await health.waitForTurn(place)
        return await lane.next()
    }

    /// Ends with `.done`, or earlier when the task is cancelled.
    private func bringToEnd(_ delivery: inout Delivery, _ result: inout BatchResult) async {
        while delivery.step != .done {
            guard await waitForBreaker() else { return }
            switch delivery.step {
            case .send(let batch): await judge(await output.send(batch), &delivery, &result)
            case .resend(let batch): await judge(await output.resend(batch), &delivery, &result)
            case .ask(let batch):
                if output.settleTime > .zero { await surroundings.sleep(output.settleTime) }
                guard !Task.isCancelled else { return }
                delivery.answered(await output.missing(from: batch))
            case .done: break
            }
            report(delivery.takeReports(), &result)
        }
    }

    /// False when the task is cancelled.
    private func waitForBreaker() async -> Bool {
        while !Task.isCancelled {
            guard let delay = health.delayBeforeTry() else { return true }
            await surroundings.sleep(delay)
        }
        return false
    }

    private func judge(_ outcome: Outcome, _ delivery: inout Delivery, _ result: inout BatchResult) async {
        let verdict = delivery.received(outcome, divide: output.parts(of:))
        report(delivery.takeReports(), &result)
        let state = health.note(verdict)
        observer.state(output.name, state)
        switch state {
        case .up: break
        case .retrying(_, let delay, _), .held(_, let delay, _): await surroundings.sleep(delay)
        }
    }

    private func report(_ reports: [Delivery.Report], _ result: inout BatchResult) {
        for report in reports {
            result.add(report, now: surroundings.now())
            switch report {
            case .delivered(let batch, let records):
                let lag = Duration.nanoseconds(max(0, surroundings.now() &- batch.oldest))
                observer.delivered(output.name, records: records, bytes: batch.body.count, lag: lag)
            case .rejected(let records, let reason):
                observer.rejected(output.name, records: records, reason: reason)
            case .deadLetters(let batch, let reason):
                observer.deadLetters(output.name, batch: batch, reason: reason)
            case .uncertain(let records): observer.uncertain(output.name, records: records)
            case .collisions(let records): observer.collisions(output.name, records: records)
            }
        }
    }
}
