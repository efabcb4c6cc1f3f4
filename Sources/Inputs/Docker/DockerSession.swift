internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The thread of the Docker input: one loop over the event stream and one connection for each container.
///
/// It decides nothing: `ContainerWatcher` says what to read, `ContainerLog` what the bytes mean. poll(2) serves
/// some hundreds of containers; epoll would save microseconds and is not in Swift's C library module.
///
/// A class, because its parts refer to it for as long as it runs. Used by one thread.
final class DockerSession {
    static let name = "docker"
    /// The list is read again after so long even when no event came.
    static let listMilliseconds: Int64 = 10_000
    /// A read of less than this waits a moment for more: the engine writes line by line.
    private static let smallReadBytes = 32 * 1024
    private static let coalesceMilliseconds: Int32 = 1
    private static let readBytes = 256 * 1024
    private static let pollMillisecondsMax: Int64 = 1_000

    let context: InputContext
    let options: DockerOptions
    let selector: ContainerSelector
    let writer: BatchWriter
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: readBytes)
    /// Where reading begins in containers that were never seen, nanoseconds since 1970.
    let floor: Int64

    var client: EngineClient
    var watcher: ContainerWatcher
    var logs: [String: ContainerLog] = [:]
    var readings: [String: ContainerReading] = [:]
    /// Of containers whose log is read from the engine's own files.
    var fileReadings: [String: LogFileReading] = [:]
    /// Files are looked at again then.
    var filesAt: Int64 = 0
    /// Why containers are read through the engine although files are wanted: each reason is told once.
    var toldReasons: Set<String> = []
    var events: EventStream?
    var isAttached = false
    var attachAt: Int64 = 0
    var attachFailures = 0
    var listAt: Int64 = 0
    var observer: ContainerObserver
    var readContainers = ReadContainers()
    var stalls: StallWatch
    /// What an ended container's log was found to lack; asked for again before it counts as a gap.
    var missing: [String: TailMessage] = [:]
    /// Nil with `once`, and where the host gives no more descriptors or threads: then nothing is sampled or compared.
    var errands: EngineErrands?
    /// An answer with stats is awaited.
    var isSampling = false
    /// An answer with a last message is awaited.
    var isProbing = false
    private var polled: [String] = []

    init(
        _ options: DockerOptions,
        own: OwnContainer,
        _ context: InputContext,
        signals: any ContainerSignals,
        patience: StallWatch.Patience
    ) {
        self.options = options
        self.context = context
        let isLocal = if case .unix = options.socket { true } else { false }
        observer = ContainerObserver(
            signals,
            interval: options.stats,
            since: context.now(),
            hostPids: isLocal ? HostPids.limit() : nil
        )
        stalls = StallWatch(patience)
        selector = ContainerSelector(include: options.include, exclude: options.exclude, own: own)
        client = EngineClient(options.socket, stop: context.stop)
        watcher = ContainerWatcher(once: context.once)
        writer = BatchWriter(sink: context.sink)
        floor =
            switch options.start {
            case .beginning: 0
            case .now: context.now()
            case .ago(let duration): context.now() - duration.nanosecondsClamped
            }
    }

    deinit { buffer.deallocate() }

    /// Reads until the stop signal, or with `once` until everything has been read.
    func run() {
        writer.willSend = { [unowned self] batch, _ in
            for id in Set(batch.streams.compactMap(\.origin.containerID)) {
                fileReadings[id]?.notePlaces()
                logs[id]?.mark(in: batch)
            }
        }
        for id in rememberedIDs {
            watcher.remember(id)
            readContainers.remember(id)
        }
        let helper = startErrands()
        while !context.stop.isRaised, writer.isAccepting, !isFinished {
            attachIfDue()
            if isAttached { act() }
            waitAndRead()
            writer.flushDue()
        }
        writer.flush()
        errands?.end()
        helper?.join()
    }

    var monotonicNow: Int64 { BatchWriter.monotonicMilliseconds() }

    /// With `once`: everything has been read, or there is no engine to read from.
    private var isFinished: Bool { context.once && (watcher.isFinished || attachFailures > 0) }

    /// Containers of which there are positions.
    private var rememberedIDs: Set<String> {
        Set(
            context.positions.keys.compactMap { key in
                let parts = key.split(separator: ":")
                return parts.count == 3 && parts[0] == "docker" ? String(parts[1]) : nil
            }
        )
    }

    private func act() {
        if watcher.wantsList || listAt <= monotonicNow || readContainers.takeWish() { list() }
        for action in watcher.next(now: monotonicNow) where isAttached || action.isForget { perform(action) }
        if isAttached { ask() }
    }

    private func perform(_ action: ContainerWatcher.Action) {
        switch action {
        case .follow(let id): open(id, follow: true)
        case .drain(let id): open(id, follow: false)
        case .forget(let id): forget(id)
        }
    }

    private func waitAndRead() {
        guard !isFinished else { return }
        polled = Array(readings.keys)
        var entries = [pollfd(fd: context.stop.descriptor, events: Int16(POLLIN), revents: 0)]
        entries.append(pollfd(fd: events?.stream.socket.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
        entries.append(pollfd(fd: errands?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
        for id in polled {
            entries.append(pollfd(fd: readings[id]?.stream.socket.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
        }
        let ready = poll(&entries, nfds_t(entries.count), timeout)
        guard !context.stop.isRaised else { return }
        readFiles()
        guard ready > 0, writer.isAccepting else { return }
        var bytes = 0
        for id in inTurn(polled.indices.filter { entries[$0 + 3].revents != 0 }.map { polled[$0] }) {
            bytes += read(id)
            guard writer.isAccepting else { return }
        }
        if entries[1].revents != 0 { readEvents() }
        if entries[2].revents != 0 { readAnswers() }
        if bytes > 0, bytes < Self.smallReadBytes { _ = context.stop.wait(milliseconds: Self.coalesceMilliseconds) }
    }

    /// Milliseconds until the clock alone gives us something to do.
    private var timeout: Int32 {
        let now = monotonicNow
        var due = now + Self.pollMillisecondsMax
        if isAttached {
            due = watcher.wantsList ? now : min(due, listAt, watcher.nextAt(now: now) ?? due, errandAt ?? due)
        } else {
            due = min(due, attachAt)
        }
        if !fileReadings.isEmpty { due = min(due, filesAt) }
        let batch = writer.millisecondsUntilDue
        if batch >= 0 { due = min(due, now + Int64(batch)) }
        return Int32(clamping: max(0, due - now))
    }
}

extension ContainerWatcher.Action {
    /// Whether it needs no engine.
    fileprivate var isForget: Bool {
        if case .forget = self { true } else { false }
    }
}

extension Duration {
    /// In nanoseconds, at most what a time can hold.
    fileprivate var nanosecondsClamped: Int64 {
        let (whole, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? Int64.max / 4 : whole + components.attoseconds / 1_000_000_000
    }
}
