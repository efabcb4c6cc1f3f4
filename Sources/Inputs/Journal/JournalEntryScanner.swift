import CJournal
internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Turns journal entries into the payload of frames: the reader's inner loop.
///
/// Each entry's fields are enumerated once (`sd_journal_get_data` walks through the entry for every field asked).
/// libsystemd's bytes are valid until its next call only, hence every wanted value is copied as it comes: the
/// message straight into the frame.
struct JournalEntryScanner: ~Copyable {
    /// What became of an entry.
    enum Outcome {
        case taken
        /// Nothing to deliver: our own log, or an entry without a message.
        case passedOver
        /// Its fields cannot be read.
        case unreadable
    }

    /// A frame is sent when it holds so much: less than a batch, so that one fits.
    static let frameBytes = 128 * 1024

    /// The frame of descriptions that must go before `entries`.
    var sources = Arena(capacity: 16 * 1024)
    /// The frame of entries.
    var entries = Arena(capacity: frameBytes + 32 * 1024)
    private(set) var entryCount = 0
    /// Where every entry is looked at, entries that are missing are noticed.
    var watch: SequenceWatch?
    /// Some were, since this was last cleared.
    var hasMissed = false
    /// Where the cursor of the last entry stands in its frame.
    private var lastCursor = 0..<0
    private var texts = JournalTexts()
    private var table = JournalSourceTable()
    private var key = Arena(capacity: 1024)
    private let ownUnit: [UInt8]
    private let ownPID: Int
    private let ownName: [UInt8]

    // The numbers and flags of the present entry.
    private var priority: UInt8 = 255
    private var sourceTime: Int64 = -1
    private var pid = -1
    private var hasMessage = false
    private var isCut = false
    private var isPartialMessage = false

    init(own: OwnLog) {
        ownUnit = Array((own.unit ?? "").utf8)
        ownPID = own.process.map(Int.init) ?? -1
        ownName = Array((own.name ?? "").utf8)
        JournalFrameWriter.startFrame(in: &sources)
        JournalFrameWriter.startFrame(in: &entries)
    }

    /// Whether the frame must be sent before the next entry.
    var isFull: Bool {
        entries.count >= Self.frameBytes || sources.count >= Self.frameBytes || table.isFull
    }

    /// The cursor of the last entry in the frame.
    var cursor: JournalCursor? {
        entries.withBytes { JournalCursor(String(decoding: $0[lastCursor], as: UTF8.self)) }
    }

    /// Takes note of an entry that is not delivered.
    mutating func noteSequence(_ cursor: JournalCursor) {
        guard watch != nil else { return }
        let isGap = Array(cursor.text.utf8).withUnsafeBufferPointer { watch?.note($0) }
        if isGap == true { hasMissed = true }
    }

    /// Starts new frames after a send.
    mutating func didSend() {
        entryCount = 0
        if table.isFull { table.removeAll() }
    }

    /// Reads the journal's present entry.
    ///
    /// Must not be full.
    mutating func scan(_ handle: borrowing JournalHandle) -> Outcome {
        let start = entries.count
        startEntry()
        let status = readFields(handle)
        guard status >= 0 || hasMessage else {
            entries.truncate(to: start)
            return .unreadable
        }
        guard hasMessage, !isOwn, finishEntry(start, handle) else {
            entries.truncate(to: start)
            return .passedOver
        }
        entryCount += 1
        return .taken
    }

    private mutating func startEntry() {
        entries.claim(JournalEntry.headerLength)
        texts.removeAll()
        priority = 255
        sourceTime = -1
        pid = -1
        hasMessage = false
        isCut = false
        isPartialMessage = false
    }

    /// Enumerates all fields; a negative errno when that failed before the end.
    private mutating func readFields(_ handle: borrowing JournalHandle) -> Int32 {
        var data: UnsafeRawPointer?
        var size = 0
        while true {
            let result = handle.functions.enumerate(handle.journal, &data, &size)
            guard result > 0, let data else { return result }
            if size > 4 { take(data.assumingMemoryBound(to: UInt8.self), size) }
        }
    }

    /// Takes one `FIELD=value` of `size` bytes, if it is one of ours.
    @inline(__always)
    private mutating func take(_ data: UnsafePointer<UInt8>, _ size: Int) {
        switch JournalField(data, size) {
        case .none: break
        case .message: takeMessage(data + 8, size - 8)
        case .priority: if size == 10, (48...55).contains(data[9]) { priority = data[9] - 48 }
        case .sourceTime: sourceTime = Int64(Self.number(data + 27, size - 27))
        case .pid: pid = Self.number(data + 5, size - 5)
        case .partialMessage: isPartialMessage = size == 30 && data[26] == UInt8(ascii: "t")
        case .text(let slot, let skip): texts.set(slot, data + skip, size - skip)
        }
    }

    private mutating func takeMessage(_ bytes: UnsafePointer<UInt8>, _ size: Int) {
        guard !hasMessage else { return }
        hasMessage = true
        var length = size
        if length > 0, bytes[length - 1] == 0x0A { length -= 1 }
        if length > JournalHandle.maximumMessage {
            length = JournalHandle.maximumMessage
            isCut = true
        }
        entries.append(UnsafeBufferPointer(start: bytes, count: length))
    }

    /// Our own log read back would grow without end.
    private var isOwn: Bool {
        if !ownUnit.isEmpty, texts.equals(.unit, ownUnit) { return true }
        return pid >= 0 && pid == ownPID && texts.equals(.command, ownName)
    }

    /// Writes the header, the cursor and the partial name; false when the entry has no name.
    private mutating func finishEntry(_ start: Int, _ handle: borrowing JournalHandle) -> Bool {
        let messageLength = entries.count - start - JournalEntry.headerLength
        var text: UnsafeMutablePointer<CChar>?
        guard handle.functions.get_cursor(handle.journal, &text) >= 0, let text else { return false }
        defer { free(text) }
        let cursorLength = strlen(text)
        guard (1...JournalCursor.maximumLength).contains(cursorLength) else { return false }
        let identity = text.withMemoryRebound(to: UInt8.self, capacity: cursorLength) { bytes in
            let cursor = UnsafeBufferPointer(start: UnsafePointer(bytes), count: cursorLength)
            if watch?.note(cursor) == true { hasMissed = true }
            lastCursor = entries.count..<entries.count + cursorLength
            entries.append(cursor)
            return JournalHash.identity(cursor)
        }
        let partial = texts[.partialID]
        entries.append(partial)
        let isPart = isPartialMessage || partial.count > 0
        var flags: JournalEntry.Flags = isCut ? .isCut : []
        if isPart { flags.insert(isPartialMessage ? .isPart : [.isPart, .isLastPart]) }
        let isContainer = texts[.containerID].count > 0
        let number = sourceNumber(isStderr: isContainer && priority == 3)
        let header = UnsafeMutableRawPointer(entries.base + start)
        header.storeBytes(of: flags.rawValue, as: UInt8.self)
        // Docker's 3 and 6 tell stderr from stdout, they are no severity.
        header.storeBytes(of: isContainer ? 255 : priority, toByteOffset: 1, as: UInt8.self)
        header.storeBytes(of: UInt8(cursorLength), toByteOffset: 2, as: UInt8.self)
        header.storeBytes(of: UInt8(partial.count), toByteOffset: 3, as: UInt8.self)
        header.storeBytes(of: UInt32(number).littleEndian, toByteOffset: 4, as: UInt32.self)
        header.storeBytes(of: UInt32(messageLength).littleEndian, toByteOffset: 8, as: UInt32.self)
        header.storeBytes(of: time(handle).littleEndian, toByteOffset: 12, as: Int64.self)
        header.storeBytes(of: identity.0.littleEndian, toByteOffset: 20, as: UInt64.self)
        header.storeBytes(of: identity.1.littleEndian, toByteOffset: 28, as: UInt64.self)
        return true
    }

    /// When it was written, as journalctl shows it: the writer's own time where journald recorded one that can be
    /// true, else when journald received it.
    ///
    /// Nanoseconds.
    private func time(_ handle: borrowing JournalHandle) -> Int64 {
        // 1970 … 2261, the years that nanoseconds in 64 bits hold.
        if sourceTime > 0, sourceTime < Int64.max / 1_000 { return sourceTime * 1_000 }
        var received: UInt64 = 0
        guard handle.functions.get_realtime(handle.journal, &received) >= 0, received < UInt64(Int64.max / 1_000)
        else { return 0 }
        return Int64(received) * 1_000
    }

    /// The number of the entry's source, described first where it is new; the key is the description.
    private mutating func sourceNumber(isStderr: Bool) -> UInt16 {
        // What process 1 says of a unit belongs to that unit.
        let isManager = texts.equals(.unit, Self.manager) && texts[.subject].count > 0
        let identifier = texts[.identifier].count > 0 ? texts[.identifier] : texts[.command]
        key.removeAll()
        key.put(isStderr ? 1 : 0)
        putKey(isManager ? texts[.subject] : texts[.unit])
        putKey(identifier)
        putKey(texts[.container])
        putKey(texts[.containerID])
        putKey(texts[.image])
        let (number, isNew) = key.withBytes { table.number($0) }
        if isNew {
            sources.put(UInt8(truncatingIfNeeded: number))
            sources.put(UInt8(truncatingIfNeeded: number >> 8))
            key.withBytes { sources.append($0) }
        }
        return number
    }

    private mutating func putKey(_ text: UnsafeBufferPointer<UInt8>) {
        key.put(UInt8(truncatingIfNeeded: text.count))
        key.put(UInt8(truncatingIfNeeded: text.count >> 8))
        key.append(text)
    }

    private static let manager = Array("init.scope".utf8)

    /// A number of up to 18 digits; -1 when it is none.
    private static func number(_ digits: UnsafePointer<UInt8>, _ count: Int) -> Int {
        guard (1...18).contains(count) else { return -1 }
        var value = 0
        for index in 0..<count {
            let digit = digits[index] &- 48
            guard digit < 10 else { return -1 }
            value = value * 10 + Int(digit)
        }
        return value
    }
}
