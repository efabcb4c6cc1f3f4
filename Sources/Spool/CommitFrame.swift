/// The form of one frame of the commit log.
struct CommitFrame {
    static let headerBytes = 24
    static let magic: UInt32 = 0x3146_4C4D

    var isSnapshot: Bool
    var edit: StateEdit

    /// The fixed part of a frame.
    struct Header: Equatable {
        var payloadBytes: Int
        var number: UInt64
        fileprivate var crc: UInt32

        /// Bytes of header, payload and padding.
        var frameBytes: Int { (CommitFrame.headerBytes + payloadBytes + 7) & ~7 }

        /// Reads the fixed part at an offset; nil when it cannot be one.
        init?(_ bytes: [UInt8], at offset: Int) {
            guard offset <= bytes.count - CommitFrame.headerBytes else { return nil }
            func word(_ place: Int) -> UInt32 {
                (0..<4).reduce(0) { $0 | UInt32(bytes[offset + place + $1]) << UInt32(8 * $1) }
            }
            guard word(0) == CommitFrame.magic, word(4) <= SpoolLimits.payloadBytes else { return nil }
            payloadBytes = Int(word(4))
            number = UInt64(word(8)) | UInt64(word(12)) << 32
            crc = word(20)
            guard payloadBytes <= bytes.count - CommitFrame.headerBytes - offset else { return nil }
        }

        /// Whether the sum holds.
        func holds(_ bytes: [UInt8], at offset: Int, salt: UInt64) -> Bool {
            CommitFrame.sum(bytes, at: offset, payloadBytes: payloadBytes, salt) == crc
        }
    }

    /// Appends a frame to `out`; `names` are the keys of counters that the slot has named so far.
    func append(number: UInt64, salt: UInt64, names: inout [String: UInt64], to out: inout ByteWriter) {
        let start = out.bytes.count
        out.fixed(Self.magic)
        out.fixed(UInt32(0))
        out.fixed(number)
        out.fixed(UInt64(0))
        appendPayload(names: &names, to: &out)
        let payload = out.bytes.count - start - Self.headerBytes
        out.patch(UInt32(payload), at: start + 4)
        out.patch(Self.sum(out.bytes, at: start, payloadBytes: payload, salt), at: start + 20)
        out.pad()
    }

    private func appendPayload(names: inout [String: UInt64], to out: inout ByteWriter) {
        out.varint(isSnapshot ? 1 : 2)
        out.varint(UInt64(edit.lanes.count))
        for (name, lane) in edit.lanes { Self.append(name, lane, to: &out) }
        out.varint(UInt64(edit.positions.count))
        for (key, position) in edit.positions {
            out.text(key)
            out.varint(position == nil ? 0 : 1)
            if let position { out.text(position) }
        }
        out.varint(UInt64(edit.counters.count))
        for counter in edit.counters {
            if let known = names[counter.key] {
                out.varint(known << 1)
            } else {
                out.varint(UInt64(names.count) << 1 | 1)
                out.text(counter.key)
                names[counter.key] = UInt64(names.count)
            }
            out.varint(UInt64(counter.values.count))
            for value in counter.values { out.varint(value) }
        }
        out.varint(UInt64(edit.notes.count))
        for (name, bytes) in edit.notes {
            out.text(name)
            out.block(bytes)
        }
    }

    private static func append(_ name: String, _ lane: LaneState, to out: inout ByteWriter) {
        out.text(name)
        for number in [
            lane.next, lane.endSegment, lane.endOffset, lane.recordsAppended, lane.cursor, lane.recordsBeforeCursor,
            lane.lease, UInt64(lane.settledBeyond.count),
        ] {
            out.varint(number)
        }
        var before = lane.cursor
        for settled in lane.settledBeyond {
            out.varint(settled.sequence - before)
            out.varint(settled.records)
            before = settled.sequence
        }
    }

    /// Reads a payload; `names` are the keys of counters that the slot has named so far.
    init(_ payload: ArraySlice<UInt8>, names: inout [UInt64: String]) throws(ByteReader.Damage) {
        var reader = ByteReader(payload)
        let kind = try reader.varint()
        guard kind == 1 || kind == 2 else { throw ByteReader.Damage() }
        isSnapshot = kind == 1
        edit = StateEdit()
        for _ in 0..<(try reader.count(size: 9)) { edit.lanes.append(try Self.lane(&reader)) }
        for _ in 0..<(try reader.count(size: 2)) {
            let key = try reader.text()
            edit.positions.append((key, try reader.varint() == 0 ? nil : try reader.text()))
        }
        for _ in 0..<(try reader.count(size: 2)) {
            if let counter = try Self.counter(&reader, &names) { edit.counters.append(counter) }
        }
        for _ in 0..<(try reader.count(size: 2)) { edit.notes.append((try reader.text(), try reader.block())) }
        guard reader.isAtEnd else { throw ByteReader.Damage() }
    }

    init(isSnapshot: Bool, edit: StateEdit) {
        self.isSnapshot = isSnapshot
        self.edit = edit
    }

    /// Nil: the frame that named it was damaged.
    private static func counter(
        _ reader: inout ByteReader,
        _ names: inout [UInt64: String]
    ) throws(ByteReader.Damage) -> CommittedState.Counter? {
        let number = try reader.varint()
        if number & 1 == 1 { names[number >> 1] = try reader.text() }
        var values: [UInt64] = []
        for _ in 0..<(try reader.count()) { values.append(try reader.varint()) }
        return names[number >> 1].map { CommittedState.Counter($0, values) }
    }

    private static func lane(_ reader: inout ByteReader) throws(ByteReader.Damage) -> (String, LaneState) {
        let name = try reader.text()
        var lane = LaneState()
        lane.next = try reader.varint()
        lane.endSegment = try reader.varint()
        lane.endOffset = try reader.varint()
        lane.recordsAppended = try reader.varint()
        lane.cursor = try reader.varint()
        lane.recordsBeforeCursor = try reader.varint()
        lane.lease = try reader.varint()
        var sequence = lane.cursor
        for _ in 0..<(try reader.count(size: 2)) {
            sequence &+= try reader.varint()
            lane.settledBeyond.append(.init(sequence: sequence, records: try reader.varint()))
        }
        guard lane.cursor >= 1, lane.cursor <= lane.next, lane.recordsSettled <= lane.recordsAppended else {
            throw ByteReader.Damage()
        }
        return (name, lane)
    }

    fileprivate static func sum(_ bytes: [UInt8], at offset: Int, payloadBytes: Int, _ salt: UInt64) -> UInt32 {
        bytes.withUnsafeBytes { raw in
            var crc = CRC32C(salt: salt)
            crc.add(UnsafeRawBufferPointer(rebasing: raw[(offset + 4)..<(offset + 20)]))
            let start = offset + headerBytes
            crc.add(UnsafeRawBufferPointer(rebasing: raw[start..<(start + payloadBytes)]))
            return crc.value
        }
    }
}
