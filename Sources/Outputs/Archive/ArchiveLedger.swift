/// The files of an archive and what to do with them, without touching any.
package struct ArchiveLedger: Sendable, Equatable {
    /// What must be done before the archive may grow.
    package enum Repair: Sendable, Equatable {
        /// Cut a file back to its committed length.
        case truncate(String, to: Int)
        /// Give a file that is not committed another name.
        case setAside(String)
    }

    /// One file.
    package struct File: Sendable, Equatable {
        package let name: ArchiveName
        package var bytes: Int
    }

    /// In order, the one that is written last.
    package private(set) var files: [File] = []
    /// Files that were set aside, by name; they go before all others.
    private var aside: [(name: String, bytes: Int)] = []
    /// When the file that is written was begun; nil when none is.
    private var begun: Int64?
    private var lastNumber: Int

    /// Two ledgers are equal when they hold the same files.
    package static func == (left: Self, right: Self) -> Bool {
        left.files == right.files && left.begun == right.begun && left.lastNumber == right.lastNumber
    }

    /// Takes stock of a directory; `committed` is what the last run kept, nil when there was none.
    ///
    /// What is behind the committed length will be sent again, so it must go. Files of an archive that nobody
    /// remembers are left as they are.
    package static func open(
        _ listed: [(name: String, bytes: Int)],
        committed: ArchivePosition?
    ) -> (ledger: ArchiveLedger, repairs: [Repair]) {
        var found: [File] = []
        var ledger = ArchiveLedger(lastNumber: committed?.file ?? 0)
        for (text, bytes) in listed {
            if let name = ArchiveName(text) { found.append(File(name: name, bytes: bytes)) }
            if text.hasSuffix(ArchiveName.asideSuffix) { ledger.aside.append((text, bytes)) }
        }
        found.sort { ($0.name.number, $0.name.text) < ($1.name.number, $1.name.text) }
        ledger.lastNumber = max(ledger.lastNumber, found.last?.name.number ?? 0)
        var repairs: [Repair] = []
        for var file in found {
            if let committed, file.name.number > committed.file {
                repairs.append(.setAside(file.name.text))
                ledger.aside.append((file.name.text + ArchiveName.asideSuffix, file.bytes))
                continue
            }
            if let committed, file.name.number == committed.file, file.bytes > committed.bytes {
                repairs.append(.truncate(file.name.text, to: committed.bytes))
                file.bytes = committed.bytes
            }
            ledger.files.append(file)
        }
        return (ledger, repairs)
    }

    private init(lastNumber: Int) {
        self.lastNumber = lastNumber
    }

    /// Everything that was appended so far.
    package var position: ArchivePosition {
        ArchivePosition(file: files.last?.name.number ?? 0, bytes: files.last?.bytes ?? 0)
    }

    /// The file to append to; nil when a new one must be begun.
    package func current(options: ArchiveOptions, now: Int64) -> File? {
        guard let begun, let file = files.last else { return nil }
        let limit = min(options.fileBytes, max(1, options.keepBytes / 8))
        return file.bytes >= limit || now &- begun >= options.fileAge.nanoseconds ? nil : file
    }

    /// The name for a new file.
    ///
    /// Every call gives another one, also when the file then could not be made.
    package mutating func nextName(now: Int64, isCompressed: Bool) -> ArchiveName {
        lastNumber += 1
        return ArchiveName(number: lastNumber, time: now, isCompressed: isCompressed)
    }

    /// A new file is there.
    package mutating func began(_ name: ArchiveName, now: Int64) {
        files.append(File(name: name, bytes: 0))
        begun = now
    }

    /// Bytes were appended to the last file.
    package mutating func appended(_ bytes: Int) {
        guard !files.isEmpty else { return }
        files[files.count - 1].bytes += bytes
    }

    /// The last file is not written any more.
    package mutating func closeCurrent() {
        begun = nil
    }

    /// The name of a file that must go to keep to the limit; nil when there is none.
    ///
    /// The last file stays.
    package func excess(keepBytes: Int) -> String? {
        let total = files.reduce(0) { $0 + $1.bytes } + aside.reduce(0) { $0 + $1.bytes }
        guard total > keepBytes else { return nil }
        if let first = aside.first { return first.name }
        return files.count > 1 ? files.first?.name.text : nil
    }

    /// A file is gone.
    package mutating func removed(_ name: String) {
        aside.removeAll { $0.name == name }
        files.removeAll { $0.name.text == name }
    }
}
