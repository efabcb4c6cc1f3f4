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

/// A configuration at work: inputs on their threads, workers on theirs, one keeper of the spool, one shipper an output.
///
/// The order of `run` is the design: outputs are ready before workers, workers before inputs. The order of `stop`
/// is the reverse: inputs end, workers drain, shippers get what is left of `shutdown_timeout`, the keeper commits for
/// the last time.
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
    let memory: MemoryPlan
    /// Of what grows with what there is on the host.
    private let tables: TableBudget
    /// Of lines between inputs and workers.
    private let queue: MemoryBudget
    let keeper: SpoolKeeper
    let workers: [Worker]
    let containers: ContainerSignalTable
    let objectives: AgentObjectives
    let latencyWindow = LatencyWindow()
    let seriesOrder = SeriesOrder()
    let readiness = ReadinessBoard()
    let launch: Launch
    let tap: RecordTap
    /// When the workers' clocks began, too.
    let started = ContinuousClock.now
    private let outputs: [any Output]
    let page = Mutex<String?>(nil)
    /// When `agent.shutdown_timeout` began to run; nil: when all inputs have ended.
    private let shutdownStart = Mutex<ContinuousClock.Instant?>(nil)
    private let stop = StopSignal()
    let lock: DataDirectoryLock

    /// Makes everything that can fail: locks the data directory, opens the spool, reads certificates.
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
        counters = DeliveryCounters(outputs: configuration.outputNames, log: log)
        states = InputStates(log: log)
        tap = RecordTap(documents: .shown(configuration))
        let names = NameRedactor(configuration)
        let samples = configuration.docker?.stats ?? .zero
        containers = ContainerSignalTable(fresh: max(.seconds(60), samples * 4), redact: names.redact)
        ProcessMemory.tune()
        let memory = configuration.memory
        self.memory = memory
        let queue = MemoryBudget(limit: memory.queueBytes)
        self.queue = queue
        let tables = memory.makeTables()
        self.tables = tables
        let keeper = try SpoolKeeper.open(configuration, counters, states, containers, (memory, tables), log)
        self.keeper = keeper
        objectives = try AgentObjectives(configuration, note: keeper.objectives, tables: tables, log: log)
        var plan = RecordPlan(configuration)
        plan.heldBytes = memory.heldBytes
        plan.tap = tap
        plan.maximumSeries = memory.series
        plan.idEntries = memory.idEntries
        plan.keyBytes = memory.keyBytes
        plan.tables = tables
        let services = ServiceRegister(tables: tables)
        services.restore(keeper.checkpoint.signals.readRecords.keys.map(\.service))
        services.restore(keeper.checkpoint.signals.records.keys.map(\.service))
        plan.services = services
        plan.lokiSources = LokiSources(run: keeper.lokiRun.run, frontier: keeper.lokiRun.frontier)
        let parts = try OutputParts(
            configuration,
            counters: counters,
            archivePosition: keeper.position(of: "archive"),
            log: log
        )
        outputs = parts.outputs
        let outlets = parts.outlets
        let surroundings = Worker.Surroundings(
            commit: { keeper.offer($0) },
            claim: { keeper.claim($0) },
            release: {
                queue.release($0)
                keeper.relief.look()
            }
        )
        let recordPlan = plan
        workers = (0..<memory.workers).map { number in
            Worker(number: number, plan: recordPlan, outlets: outlets, memory: memory, surroundings: surroundings)
        }
    }

    /// Runs until `requestStop`, or, with `once`, until every input has ended.
    ///
    /// True when everything was delivered.
    package func run() async throws(AgentError) -> Bool {
        let admin = try await startAdmin()
        keeper.begin(positions: await newPositions())
        let keeperThread = AgentThread("spool") { [keeper, objectives] in keeper.run(objectives.keeper) }
        let shippers = startShippers()
        let workerThreads = workers.enumerated().map { index, worker in
            AgentThread("worker-\(index)") { worker.run() }
        }
        let inputs = startInputs()
        startAudits(until: stop)
        ProcessMemory.forgetStart()
        let objectives = objectives.start { [states] in
            self.latencyWindow.note { self.snapshot().latencies }
            return states.areAllUp
        }

        await Blocking.run { for input in inputs { input.join() } }
        if !launch.once, !stop.isRaised { await Blocking.run { [stop] in _ = stop.wait(milliseconds: -1) } }
        let deadline = (shutdownStart.withLock { $0 } ?? .now) + configuration.agent.shutdownTimeout
        log.info("draining")
        keeper.drain()
        for worker in workers { worker.close() }
        await Blocking.run { for thread in workerThreads { thread.join() } }
        let end = launch.once && !stop.isRaised ? nil : deadline
        await Blocking.run { [keeper, stop] in
            // With `--once` only a signal ends the wait.
            _ = keeper.flush { end.map { ContinuousClock.now >= $0 } ?? stop.isRaised }
        }
        let isShipped = await drain(shippers, until: end)
        let isDrained = isShipped && keeper.flush { true }
        keeper.close()
        await Blocking.run { keeperThread.join() }
        await objectives.stop()
        await admin?.stop()
        log.info("stopped", metadata: ["everything delivered": "\(isDrained)"])
        return isDrained
    }

    /// Stops reading; `run` then drains and returns.
    ///
    /// May be called from anywhere, more than once.
    package func requestStop() {
        stop.raise()
        queue.close()
    }

    /// From now on `agent.shutdown_timeout` runs, though inputs are still at work.
    func startShutdownTime() { shutdownStart.withLock { $0 = .now } }

    /// What has been counted and is durable.
    package func snapshot() -> SignalSnapshot { keeper.checkpoint.signals }

    // MARK: Starting

    private func startInputs() -> [AgentThread] {
        let context = InputContext(
            sink: BatchDistributor(workers: workers, budget: queue),
            positions: keeper.positions,
            stop: stop,
            status: states,
            once: launch.once,
            tables: tables,
            now: WallClock.now
        )
        let inputs = configuration.inputs(signals: containers) + launch.extraInputs
        for input in inputs { states.starting(input.name) }
        return inputs.map { input in AgentThread(input.name) { input.run(context) } }
    }

    private func startShippers() -> [RunningShipper] {
        let surroundings = DeliverySurroundings.real(now: WallClock.now)
        return zip(keeper.lanes, outputs).map { lane, output in
            RunningShipper(
                Shipper(
                    output: output,
                    lane: lane,
                    observer: counters,
                    options: configuration.delivery(of: output.name),
                    surroundings: surroundings,
                    // Loki wants its streams in order, the archive is one file.
                    concurrency: output.name == "opensearch" ? 4 : 1
                )
            )
        }
    }

    /// Where outputs stand that have never acknowledged anything: a crash before the first time must find it too.
    private func newPositions() async -> [(output: String, position: String)] {
        var positions: [(String, String)] = []
        for output in outputs where keeper.position(of: output.name) == nil {
            if let position = await output.position() { positions.append((output.name, position)) }
        }
        return positions
    }

    /// True when every lane was emptied in time; nil as the deadline: however long it takes.
    private func drain(_ shippers: [RunningShipper], until deadline: ContinuousClock.Instant?) async -> Bool {
        for lane in keeper.lanes { lane.close() }
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
