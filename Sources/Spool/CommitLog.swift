/// The commit log: two slots used in turn, each a snapshot followed by changes.
struct CommitLog {
    static let slots = ["commit-a", "commit-b"]
    /// The buffer keeps what ordinary frames need.
    private static let keptBytes = 256 << 10

    private let files: any SpoolFiles
    private let surroundings: SpoolSurroundings
    /// Index of the slot in use.
    private var slot: Int
    private var file: Int
    private var generation: UInt64
    private var salt: UInt64
    private var offset: Int
    /// Of the last change; a snapshot has the number of the last change that is in it.
    private var number: UInt64
    private var names: [String: UInt64] = [:]
    private var snapshotBytes = 0
    /// Slots that must be replaced by new files: never made, or a write or sync of them failed.
    private var needsNewFile: [Bool]
    private var buffer = ByteWriter()

    /// Goes on from what was read, with a snapshot in the slot that was not in use.
    init(
        _ files: any SpoolFiles,
        _ surroundings: SpoolSurroundings,
        reading: CommitLogReading,
        state: CommittedState
    ) throws(FileFailure) {
        self.files = files
        self.surroundings = surroundings
        slot = reading.slot
        file = -1
        generation = reading.generation
        salt = 0
        offset = 0
        number = reading.number
        needsNewFile = reading.isMissing
        // A disk error on one slot leaves the other one to try.
        do throws(FileFailure) {
            try rotate(state)
        } catch {
            try rotate(state)
        }
    }

    /// Whether it is time for the other slot.
    var isFull: Bool { offset > surroundings.logBytes && offset > 4 * snapshotBytes }

    /// Writes a change and makes it durable.
    ///
    /// When this fails the change may be there all the same: only a `rotate` that succeeds makes it known.
    mutating func append(_ edit: StateEdit) throws(FileFailure) {
        buffer.removeAll()
        // Also when it fails: the next snapshot has this change in it.
        number += 1
        CommitFrame(isSnapshot: false, edit: edit).append(number: number, salt: salt, names: &names, to: &buffer)
        do throws(FileFailure) {
            try files.write(file, buffer.bytes, at: offset)
            try files.sync(file)
        } catch {
            needsNewFile[slot] = true
            throw error
        }
        offset += buffer.bytes.count
        buffer.removeAll(keeping: Self.keptBytes)
    }

    /// Writes everything there is to the other slot, which is then the one in use.
    ///
    /// When this fails the slot in use is as it was, and goes on: should the other one hold all the same, then with
    /// a lower number as soon as there is another change.
    mutating func rotate(_ state: CommittedState) throws(FileFailure) {
        let target = 1 - slot
        generation += 1
        let header = FileHeader(
            kind: .log,
            number: generation,
            first: number,
            salt: surroundings.random(),
            madeAt: surroundings.now()
        )
        buffer.removeAll()
        buffer.raw(header.encoded())
        var fresh: [String: UInt64] = [:]
        let snapshot = CommitFrame(isSnapshot: true, edit: StateEdit(snapshot: state))
        snapshot.append(number: number, salt: header.salt, names: &fresh, to: &buffer)
        let opened: Int
        do throws(FileFailure) {
            opened = try needsNewFile[target] ? replace(target) : overwrite(target)
        } catch {
            needsNewFile[target] = true
            throw error
        }
        if file >= 0 { files.close(file) }
        (slot, file, salt, names) = (target, opened, header.salt, fresh)
        needsNewFile[target] = false
        offset = buffer.bytes.count
        snapshotBytes = offset
        buffer.removeAll(keeping: Self.keptBytes)
    }

    /// Closes the file in use.
    func close() { if file >= 0 { files.close(file) } }

    private func overwrite(_ target: Int) throws(FileFailure) -> Int {
        let file = try files.open(Self.slots[target], create: false)
        do throws(FileFailure) {
            try files.write(file, buffer.bytes, at: 0)
            try files.sync(file)
            return file
        } catch {
            files.close(file)
            throw error
        }
    }

    private func replace(_ target: Int) throws(FileFailure) -> Int {
        let temporary = Self.slots[target] + ".new"
        try files.remove(temporary)
        let file = try files.open(temporary, create: true)
        do throws(FileFailure) {
            // Room for a slot that is left when it is full, so that a commit never needs blocks of its own.
            try files.allocate(file, surroundings.logBytes + surroundings.logBytes / 4)
            try files.write(file, buffer.bytes, at: 0)
            try files.sync(file)
            try files.rename(temporary, to: Self.slots[target])
            try files.syncDirectory("")
            return file
        } catch {
            files.close(file)
            throw error
        }
    }
}
