import RecordPath
import Spool

/// Lines that are records already although they lie behind the position that is kept: who goes on from there meets
/// them again, and leaves them out.
package struct ConsumedLines: Sendable, Equatable {
    private static let version: UInt64 = 1

    /// By the stream's key, what `id` makes of each line.
    package private(set) var ids: [String: Set<UInt64>]

    /// Makes them of what `id` gave.
    package init(_ ids: [String: Set<UInt64>] = [:]) { self.ids = ids }

    /// Whether there are none.
    package var isEmpty: Bool { ids.isEmpty }

    /// What a line is known by among those of its stream.
    package static func id(of line: RecordBatch.Line) -> UInt64 {
        // Murmur's finaliser over both halves: identities of neighbours differ in few bits.
        var hash = line.identity.0 &* 0x9E37_79B9_7F4A_7C15 ^ line.identity.1
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }

    /// Adds others.
    package mutating func add(_ other: ConsumedLines) { ids.merge(other.ids) { $0.union($1) } }

    /// The same but for some streams.
    package func without(_ keys: [String]) -> ConsumedLines {
        ConsumedLines(ids.filter { !keys.contains($0.key) })
    }

    /// Takes out those of one stream.
    package mutating func take(_ key: String) -> Set<UInt64>? { ids.removeValue(forKey: key) }

    /// Leaves out what a batch holds of them.
    ///
    /// A stream's lines come in order: its first line that is none of them ends what is left of that stream.
    package mutating func leaveOut(of batch: RecordBatch) {
        guard !ids.isEmpty else { return }
        batch.lines.removeAll { line in
            let key = batch.streams[Int(line.stream)].origin.key
            guard ids[key] != nil else { return false }
            if ids[key]?.remove(Self.id(of: line)) != nil { return true }
            ids[key] = nil
            return false
        }
        ids = ids.filter { !$0.value.isEmpty }
    }

    // MARK: In a frame

    /// As they stand in a frame.
    package var note: [UInt8] {
        var writer = ByteWriter()
        writer.varint(Self.version)
        writer.varint(UInt64(ids.count))
        for (key, lines) in ids {
            writer.text(key)
            writer.varint(UInt64(lines.count))
            for id in lines { writer.varint(id) }
        }
        return writer.bytes
    }

    /// Reads what stands in a frame; none where it is not understood.
    package init(note: [UInt8]) {
        ids = [:]
        var reader = ByteReader(note[...])
        do throws(ByteReader.Damage) {
            guard try reader.varint() == Self.version else { return }
            for _ in 0..<(try reader.count(size: 2)) {
                let key = try reader.text()
                var lines: Set<UInt64> = []
                for _ in 0..<(try reader.count()) { lines.insert(try reader.varint()) }
                ids[key] = lines
            }
        } catch {
            ids = [:]
        }
    }
}
