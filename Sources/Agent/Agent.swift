import Admin
import Inputs
import Logging
import Outputs
import RecordPath
import Settings
import Synchronization
import Transport

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A configuration at work: inputs on their threads, workers on theirs, one shipper an output and worker.
///
/// The order of `run` is the design: outputs are ready before workers, workers before inputs. The order of `stop`
/// is the reverse: inputs end, workers drain, shippers get what is left of `shutdown_timeout`, positions are saved.
package final class Agent: Sendable {
    /// What to run, besides what the configuration says.
    package struct Launch: Sendable {
        /// Return when every input has ended.
        package var once: Bool
        /// Serve `/metrics` and health.
        package var servesAdmin: Bool
        /// Serve them on another port where the configured one is taken.
        package var takesAnyPort: Bool
        /// Inputs beside the configured ones, such as the demo's shop.
        package var extraInputs: [any Input]
        /// Shared by all agents of a process.
        let reloads = ReloadCounter()

        /// Makes launch options.
        package init(
            once: Bool = false,
            servesAdmin: Bool = true,
            takesAnyPort: Bool = false,
            extraInputs: [any Input] = []
        ) {
            self.once = once
            self.servesAdmin = servesAdmin
            self.takesAnyPort = takesAnyPort
            self.extraInputs = extraInputs
        }
    }

    let configuration: AgentConfiguration
    let log: Logger
    let states: InputStates
    let counters: DeliveryCounters
    let budget: MemoryBudget
    let positions: PositionStore
    let workers: [Worker]
    let containers: ContainerSignalTable
    let objectives: AgentObjectives
    let latencyWindow = LatencyWindow()
    let seriesOrder = SeriesOrder()
    let retired = RetiredSeries()
    let readiness = ReadinessBoard()
    let launch: Launch
    private let outputs: [any Output]
    /// Where the outputs' own positions are kept.
    private let positionKeys: [String?]
    let page = Mutex<String?>(nil)
    /// When `agent.shutdown_timeout` began to run; nil: when all inputs have ended.
    private let shutdownStart = Mutex<ContinuousClock.Instant?>(nil)
    private let stop = StopSignal()
    let lock: DataDirectoryLock

    /// Makes everything that can fail: locks the data directory, opens positions, reads certificates.
    ///
    /// `lock` is that of the agent whose place this one takes.
    package init(
        _ configuration: AgentConfiguration,
        launch: Launch,
        log: Logger,
        lock: DataDirectoryLock? = nil
    ) throws(AgentError) {
        self.configuration = configuration
        self.launch = launch
        self.log = log
        let directory = configuration.agent.dataDirectory
        self.lock = if let lock, lock.directory == directory { lock } else { try DataDirectoryLock(directory) }
        do {
            positions = try PositionStore(directory: configuration.agent.dataDirectory)
        } catch {
            throw AgentError.io(error.description)
        }
        counters = DeliveryCounters(outputs: configuration.outputNames, log: log)
        states = InputStates(log: log)
        let objectives = try AgentObjectives(configuration, log: log)
        self.objectives = objectives
        let names = NameRedactor(configuration)
        let samples = configuration.docker?.stats ?? .zero
        containers = ContainerSignalTable(fresh: max(.seconds(60), samples * 4), redact: names.redact)
        // Bytes are counted as they come in; encoders and requests hold about as much again.
        let budget = MemoryBudget(limit: configuration.agent.memoryBytes / 3)
        self.budget = budget
        let plan = RecordPlan(configuration)
        let parts = try OutputParts(
            configuration,
            positions: positions.positions,
            counters: counters,
            log: log
        )
        positionKeys = parts.outlets.map(\.positionKey)
        outputs = parts.outputs
        let positions = positions
        workers = (0..<Self.workerCount).map { _ in
            Worker(plan: plan, outlets: parts.outlets, budget: budget, positions: positions) { outcomes in
                objectives.keeper.add(outcomes)
            }
        }
    }

    /// Runs until `requestStop`, or, with `once`, until every input has ended.
    ///
    /// True when everything was delivered.
    package func run() async throws(AgentError) -> Bool {
        let admin = try await startAdmin()
        await keepOutputPositions()
        let shippers = startShippers()
        let workerThreads = workers.enumerated().map { index, worker in
            AgentThread("worker-\(index)") { worker.run() }
        }
        let saver = PositionSaver(positions, log: log)
        let inputs = startInputs()
        startAudits(until: stop)
        let objectives = objectives.start { [states] in
            self.latencyWindow.note { self.latencies() }
            self.retired.expire(self.workers)
            return states.areAllUp
        }

        await Blocking.run { for input in inputs { input.join() } }
        if !launch.once, !stop.isRaised { await Blocking.run { [stop] in _ = stop.wait(milliseconds: -1) } }
        let deadline = (shutdownStart.withLock { $0 } ?? .now) + configuration.agent.shutdownTimeout
        log.info("draining")
        for worker in workers { worker.close() }
        await Blocking.run { for thread in workerThreads { thread.join() } }
        await objectives.stop()
        let isDrained = await drain(shippers, until: launch.once && !stop.isRaised ? nil : deadline)
        saver.stop()
        await admin?.stop()
        log.info("stopped", metadata: ["everything delivered": "\(isDrained)"])
        return isDrained
    }

    /// Stops reading; `run` then drains and returns.
    ///
    /// May be called from anywhere, more than once.
    package func requestStop() {
        stop.raise()
        budget.close()
    }

    /// From now on `agent.shutdown_timeout` runs, though inputs are still at work.
    func startShutdownTime() { shutdownStart.withLock { $0 = .now } }

    /// The latencies of each service since the start.
    func latencies() -> [String: LatencySketch] {
        workers.reduce(into: [:]) { all, worker in
            for (service, sketch) in worker.latencies() { all[service, default: LatencySketch()] += sketch }
        }
    }

    /// What all workers have counted.
    package func snapshot() -> SignalSnapshot {
        var sum = SignalSnapshot(bounds: configuration.signals.bounds)
        retired.add(workers, to: &sum)
        return sum
    }

    private static var workerCount: Int { max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    // MARK: Starting

    private func startInputs() -> [AgentThread] {
        let context = InputContext(
            sink: BatchDistributor(workers: workers, budget: budget),
            positions: positions.positions,
            stop: stop,
            status: states,
            once: launch.once,
            now: WallClock.now
        )
        let inputs = configuration.inputs(signals: containers) + launch.extraInputs
        for input in inputs { states.starting(input.name) }
        return inputs.map { input in AgentThread(input.name) { input.run(context) } }
    }

    /// Makes the outputs' own positions durable before the first batch: what a run that dies early has written behind
    /// them is known as its own.
    private func keepOutputPositions() async {
        for (output, key) in zip(outputs, positionKeys) {
            guard let key, let position = await output.position() else { continue }
            positions.commit([RecordBatch.Mark(key: key, position: position)])
        }
        PositionSaver.save(positions, log)
    }

    private func startShippers() -> [RunningShipper] {
        let surroundings = DeliverySurroundings.real(now: WallClock.now)
        return workers.flatMap { worker in
            zip(worker.lanes, outputs).map { lane, output in
                RunningShipper(
                    Shipper(
                        output: output,
                        lane: lane,
                        observer: counters,
                        options: configuration.delivery(of: output.name),
                        surroundings: surroundings
                    )
                )
            }
        }
    }

    /// True when every lane was emptied in time; nil as the deadline: however long it takes.
    private func drain(_ shippers: [RunningShipper], until deadline: ContinuousClock.Instant?) async -> Bool {
        for worker in workers { for lane in worker.lanes { lane.close() } }
        let stop = stop
        return await withTaskGroup(of: Bool.self) { group in
            for shipper in shippers {
                group.addTask {
                    await shipper.drain {
                        guard let deadline else {
                            // With `--once` only a signal ends the wait.
                            while !Task.isCancelled, !stop.isRaised { try? await Task.sleep(for: .milliseconds(100)) }
                            return
                        }
                        try? await Task.sleep(until: deadline)
                    }
                }
            }
            return await group.reduce(true) { $0 && $1 }
        }
    }
}
