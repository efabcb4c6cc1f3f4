/// Appends batches to files on this host, one gzip member each.
///
/// A batch is in the archive once: what a run wrote and could not commit is cut away when the next one starts, and
/// what a failed write left behind before the next write. Its shipper must have a concurrency of one.
package actor ArchiveOutput: Output {
    package nonisolated let name = "archive"
    private let options: ArchiveOptions
    private let files: any ArchiveFiles
    private let now: @Sendable () -> Int64
    private let notice: @Sendable (String) -> Void
    private let committed: ArchivePosition?
    private nonisolated let executor = FileExecutor(label: "martlet.archive")

    /// Nil until the directory was read.
    private var ledger: ArchiveLedger?
    /// Repairs that must succeed before anything is written.
    private var repairs: [ArchiveLedger.Repair] = []

    /// Makes an output.
    ///
    /// `committed` is the last position that was kept with an acknowledgement, `now` is nanoseconds since 1970,
    /// `notice` gets what is worth a line in the log.
    package init(
        _ options: ArchiveOptions,
        files: any ArchiveFiles,
        committed: String?,
        now: @escaping @Sendable () -> Int64,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.options = options
        self.files = files
        self.committed = committed.flatMap { ArchivePosition($0) }
        self.now = now
        self.notice = notice
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Appends a batch and syncs the file.
    package func send(_ batch: SealedBatch) async -> Outcome {
        do throws(ArchiveError) {
            try open()
            try append(batch.body, isCompressed: batch.encoding == "gzip")
            removeExcess()
            return .delivered
        } catch {
            return .retry(reason: "\(error)", after: nil)
        }
    }

    /// What was on its way when the last run ended was cut away, so it is not there.
    package func missing(from batch: SealedBatch) async -> Readback {
        .missing(batch)
    }

    /// Everything that was delivered; keep it before the first batch too.
    ///
    /// `async`, as the protocol has it: a plain method would lose against the default one.
    package func position() async -> String? {
        try? open()
        return ledger?.position.description
    }

    /// Reads the directory once, then does what repairs are left.
    private func open() throws(ArchiveError) {
        if ledger == nil {
            let (ledger, repairs) = ArchiveLedger.open(try files.list(), committed: committed)
            self.ledger = ledger
            self.repairs = repairs
            for repair in repairs { notice("archive: \(Self.text(repair))") }
        }
        while let repair = repairs.first {
            switch repair {
            case .truncate(let name, let bytes): try files.truncate(name, to: bytes)
            case .setAside(let name): try files.rename(name, to: name + ArchiveName.asideSuffix)
            }
            repairs.removeFirst()
        }
    }

    private func append(_ bytes: [UInt8], isCompressed: Bool) throws(ArchiveError) {
        guard let file = try file(isCompressed: isCompressed) else { return }
        do throws(ArchiveError) {
            try files.append(bytes, to: file.name.text, at: file.bytes)
        } catch {
            // A failed write or sync leaves a file that is not written again: cut it back, go on in another.
            ledger?.closeCurrent()
            repairs.append(.truncate(file.name.text, to: file.bytes))
            throw error
        }
        ledger?.appended(bytes.count)
    }

    /// The file to write to, made when it must be a new one.
    private func file(isCompressed: Bool) throws(ArchiveError) -> ArchiveLedger.File? {
        let time = now()
        if let file = ledger?.current(options: options, now: time) { return file }
        guard let name = ledger?.nextName(now: time, isCompressed: isCompressed) else { return nil }
        try files.create(name.text)
        ledger?.began(name, now: time)
        return ledger?.files.last
    }

    /// Removes the oldest files while all together are too large; what cannot be removed is tried again later.
    private func removeExcess() {
        while let name = ledger?.excess(keepBytes: options.keepBytes) {
            do throws(ArchiveError) {
                try files.remove(name)
                ledger?.removed(name)
            } catch {
                return notice("archive: \(error)")
            }
        }
    }

    private static func text(_ repair: ArchiveLedger.Repair) -> String {
        switch repair {
        case .truncate(let name, let bytes): "cut \(name) back to its committed \(bytes) bytes"
        case .setAside(let name): "set \(name) aside, it is not committed"
        }
    }
}
