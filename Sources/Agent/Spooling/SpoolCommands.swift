import Outputs
import Settings
import Spool

/// What `martlet spool` does.
package enum SpoolCommands {
    /// One output's part of the spool.
    package struct Standing: Sendable {
        package var output: String
        /// Records that wait.
        package var records: UInt64
        package var bytes: Int
        package var segments: Int
        package var shipped: UInt64
        package var dropped: UInt64
        /// Bytes of dead letters.
        package var deadLetterBytes: Int
        /// Records that cannot be read; only `verify` knows.
        package var damagedRecords: UInt64
        /// Read less shipped, dropped and waiting; 0 unless something is wrong.
        package var conservationError: Int64

        /// Whether nothing is wrong.
        package var isSound: Bool { damagedRecords == 0 && conservationError == 0 }

        /// A line for scripts.
        package var json: String {
            "{\"output\":\"\(output)\",\"records\":\(records),\"bytes\":\(bytes),\"segments\":\(segments),"
                + "\"shipped\":\(shipped),\"dropped\":\(dropped),\"dead_letter_bytes\":\(deadLetterBytes),"
                + "\"damaged_records\":\(damagedRecords),\"conservation_error\":\(conservationError)}"
        }

        /// A line for people.
        package var text: String {
            var text = "\(output): \(records) records wait in \(bytes) bytes (\(segments) segments), "
            text += "\(shipped) shipped, \(dropped) dropped, \(deadLetterBytes) bytes of dead letters"
            if damagedRecords > 0 { text += ", \(damagedRecords) CANNOT BE READ" }
            if conservationError != 0 { text += ", \(conservationError) records UNACCOUNTED FOR" }
            return text
        }
    }

    /// What was found.
    package struct Report: Sendable {
        package var standings: [Standing]
        /// What is wrong with the spool as a whole, in words.
        package var problems: [String]

        /// Whether nothing is wrong.
        package var isSound: Bool { problems.isEmpty && standings.allSatisfy(\.isSound) }
    }

    /// What waits to be shipped; works beside a running agent.
    package static func status(_ configuration: AgentConfiguration) throws(AgentError) -> Report {
        try report(configuration, readsBatches: false)
    }

    /// Reads every batch and adds everything up; the agent must not run.
    package static func verify(_ configuration: AgentConfiguration) throws(AgentError) -> Report {
        let lock = try DataDirectoryLock(configuration.agent.dataDirectory)
        defer { withExtendedLifetime(lock) {} }
        return try report(configuration, readsBatches: true)
    }

    private static func report(
        _ configuration: AgentConfiguration,
        readsBatches: Bool
    ) throws(AgentError) -> Report {
        let root = configuration.agent.dataDirectory + "/spool"
        do throws(SpoolError) {
            let files = DiskFiles(root: root, isReadOnly: true)
            let found = try SpoolInspection(files, readsBatches: readsBatches)
            var problems = found.unreadable
            if found.isLost { problems.append("the commit log cannot be read") }
            if found.damagedFrames > 0 {
                problems.append("\(found.damagedFrames) frames of the commit log are damaged")
            }
            let checkpoint = Checkpoint(
                bounds: configuration.signals.bounds,
                outputs: found.lanes.map(\.name),
                committed: found.state
            )
            return Report(standings: found.lanes.map { standing($0, checkpoint, found) }, problems: problems)
        } catch {
            throw AgentError(error)
        }
    }

    private static func standing(
        _ lane: SpoolInspection.Lane,
        _ checkpoint: Checkpoint,
        _ found: SpoolInspection
    ) -> Standing {
        let output = checkpoint.outputs[lane.name] ?? Checkpoint.Output()
        let letters = DeadLetterFiles.Lengths(note: found.state.notes[DeadLetterFiles.note(lane.name)] ?? [])
        return Standing(
            output: lane.name,
            records: lane.state.recordsWaiting,
            bytes: lane.bytes,
            segments: lane.segments,
            shipped: output.counts.shipped,
            dropped: output.counts.dropped.values.reduce(0, &+),
            deadLetterBytes: letters.current + letters.old,
            damagedRecords: lane.damagedRecords,
            conservationError: checkpoint.conservationError(output)
        )
    }

    /// Puts dead letters back into their lanes, to be sent when the agent runs again; the agent must not run.
    ///
    /// How many records, by output.
    package static func replay(_ configuration: AgentConfiguration) throws(AgentError) -> [(String, records: Int)] {
        let lock = try DataDirectoryLock(configuration.agent.dataDirectory)
        defer { withExtendedLifetime(lock) {} }
        let names = configuration.outputNames
        do throws(SpoolError) {
            let lanes = names.map { LaneOptions(name: $0, quotaBytes: configuration.delivery(of: $0).spool.bytes) }
            let files = DiskFiles(root: configuration.agent.dataDirectory + "/spool")
            var spool = try Spool(files, lanes: lanes, surroundings: SpoolSurroundings(now: WallClock.now))
            let folder = DiskFiles(root: configuration.agent.dataDirectory)
            var replayed: [(String, records: Int)] = []
            for (lane, name) in names.enumerated() {
                let letters = DeadLetterFiles(folder, outputs: [name], committed: spool.state)
                let records = try replay(letters, lane, name, &spool)
                replayed.append((name, records))
                // With nothing committed of them any more, this removes the files.
                _ = DeadLetterFiles(folder, outputs: [name], committed: spool.state)
            }
            return replayed
        } catch {
            throw AgentError(error)
        }
    }

    private static func replay(
        _ letters: DeadLetterFiles,
        _ lane: Int,
        _ name: String,
        _ spool: inout Spool
    ) throws(SpoolError) -> Int {
        var change = Spool.Change()
        let text: [UInt8]
        do throws(FileFailure) {
            text = try letters.contents(name)
        } catch {
            throw .file(error)
        }
        let batches = DeadLetterText.batches(text, output: name).batches
        guard !batches.isEmpty else { return 0 }
        let records = batches.reduce(0) { $0 + $1.records }
        change.batches = batches.map { (lane, StoredBatch($0)) }
        change.notes = [(DeadLetterFiles.note(name), DeadLetterFiles.Lengths().note)]
        // They were read and dropped before: now they wait again, without having been read again.
        change.counters = [.init(CounterKey.text("be", name), [0 &- UInt64(records)])]
        switch spool.commit(change) {
        case .durable: return records
        case .failed(let failure), .unconfirmed(let failure): throw .file(failure)
        }
    }
}
