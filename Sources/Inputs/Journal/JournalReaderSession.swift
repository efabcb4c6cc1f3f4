internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Opens the journal, reads it, waits for more, and opens it again when it breaks.
final class JournalReaderSession {
    /// Why reading stops without a fault.
    private enum Stop: Error {
        case parentGone
        case ended
    }

    /// How often a broken journal is opened anew at the same place before a part of it is passed over.
    private static let attemptsUntilSkip = 3
    /// Pause before a journal that is not there is tried again.
    private static let retryMilliseconds: Int64 = 5_000
    private static let tickMilliseconds: Int64 = 1_000
    /// How long an entry may wait for others in its frame.
    private static let frameAgeMilliseconds: Int64 = 50

    private let arguments: JournalReaderArguments
    private let matches: [JournalMatches.Step]
    private let leash: Int32
    private let clock = BatchWriter.monotonicMilliseconds
    private var writer: JournalFrameWriter
    private var scanner: JournalEntryScanner

    /// The last entry that was looked at, or where to begin.
    private var position: JournalCursor
    private var isInclusive: Bool
    /// The position has moved and no frame has told the parent so.
    private var isPositionUntold = false
    /// The last entry, where it was not one to deliver.
    private var passedOver: JournalCursor?
    /// No filter and no file without permission: each entry is looked at.
    private var isEverythingSeen = false
    /// This entry was read before.
    private var readBefore: JournalCursor?
    private var failures = 0
    private var hasToldUnwatched = false
    private var movedAt: Int64
    private var flushedAt: Int64

    init(_ arguments: JournalReaderArguments, output: Int32, leash: Int32) {
        self.arguments = arguments
        self.leash = leash
        matches = JournalMatches.steps(for: arguments.options)
        writer = JournalFrameWriter(descriptor: output)
        scanner = JournalEntryScanner(own: arguments.own)
        position = arguments.begin
        isInclusive = arguments.isInclusive
        movedAt = clock()
        flushedAt = movedAt
    }

    /// Runs until the parent is gone or, with `once`, the end is reached; returns the exit status.
    func run() -> Int32 {
        do {
            if arguments.skipMicroseconds > 0 { try skip(arguments.skipMicroseconds) }
            while true { try attempt() }
        } catch {
            return 0
        }
    }

    /// Opens the journal and reads until it breaks.
    private func attempt() throws {
        let handle = try attach()
        do {
            try locate(handle)
            try writer.send(.attached)
            while true {
                try drain(handle)
                // Only now: this forgets files that were deleted, and what was in them has been read.
                if handle.isWatched { try handle.process() }
                try drain(handle)
                try settle(handle)
                guard handle.isWatched else { return try reopenLater() }
                try wait(handle.descriptor, milliseconds: Self.tickMilliseconds)
            }
        } catch let failure as JournalHandle.Failure {
            try recover(failure)
        }
    }

    /// Without a watch new files are seen only by opening the journal anew.
    private func reopenLater() throws {
        if !hasToldUnwatched {
            hasToldUnwatched = true
            try writer.send(
                .note,
                "the journal cannot be watched and is looked at every five seconds; raise fs.inotify.max_user_instances"
            )
        }
        try pause(Self.retryMilliseconds)
    }

    /// Opens the journal, however long that takes.
    private func attach() throws -> JournalHandle {
        while true {
            do {
                return try open()
            } catch let problem as JournalProblem {
                try writer.send(.detached, problem.text)
                if arguments.once { try end() }
                try pause(Self.retryMilliseconds)
            }
        }
    }

    private func open() throws -> JournalHandle {
        let source = arguments.options.source
        let library = try JournalLibrary(path: arguments.library)
        let access = JournalAccess(source)
        if let problem = access.problem { throw JournalProblem(text: problem) }
        for note in access.notes { try writer.send(.note, note) }
        isEverythingSeen = matches.isEmpty && access.refused.isEmpty
        do {
            return try JournalHandle(source, library)
        } catch {
            throw JournalProblem(text: "cannot \(error.text)")
        }
    }

    /// Goes to where reading goes on, and sees whether the entry that was read last is still there.
    private func locate(_ handle: borrowing JournalHandle) throws {
        guard !position.isTimeOnly else {
            scanner.watch = isEverythingSeen ? SequenceWatch() : nil
            try handle.apply([])
            try handle.seekTail()
            if try !handle.previous() { try writer.send(.note, "the journal has no entries yet") }
            try handle.apply(matches)
            return try handle.seek(position)
        }
        let last = position
        // Without the filter, for the entry need not match it.
        try handle.apply([])
        try handle.seek(last)
        let found = try handle.next() ? try handle.cursor() : nil
        scanner.watch = isEverythingSeen ? SequenceWatch() : nil
        // Where nothing has come since, the watch over the numbers will tell.
        if found.map({ $0.isSameEntry(as: last) || $0.isNext(after: last) }) ?? isEverythingSeen {
            scanner.noteSequence(last)
        } else {
            try writer.send(.gap, JournalGap.vacuumed.rawValue)
            // Told at once, so that the gap is counted once.
            position = JournalCursor(time: found?.realtime ?? last.realtime)
            try tellPosition()
        }
        try resume(handle, last)
    }

    /// Filters, and goes on behind an entry.
    private func resume(_ handle: borrowing JournalHandle, _ last: JournalCursor) throws {
        try handle.apply(matches)
        try handle.seek(last)
        readBefore = last.isTimeOnly || isInclusive ? nil : last
        isInclusive = false
    }

    /// Reads every entry that is there; what has been read goes out even when reading breaks.
    private func drain(_ handle: borrowing JournalHandle) throws {
        do {
            try readAll(handle)
        } catch let failure as JournalHandle.Failure {
            try flush()
            throw failure
        }
        try flush()
    }

    private func readAll(_ handle: borrowing JournalHandle) throws {
        var count = 0
        while try handle.next() {
            if let last = readBefore {
                readBefore = nil
                if try handle.cursor().isSameEntry(as: last) { continue }
            }
            try read(handle)
            count &+= 1
            if scanner.isFull { try flush() } else if count & 63 == 0 { try flushIfOld() }
        }
    }

    /// Reads the present entry.
    @inline(__always)
    private func read(_ handle: borrowing JournalHandle) throws {
        switch scanner.scan(handle) {
        case .taken: passedOver = nil
        case .passedOver: try passOver(handle)
        case .unreadable:
            try passOver(handle)
            try flush()
            try writer.send(.gap, JournalGap.unreadable.rawValue)
        }
    }

    private func passOver(_ handle: borrowing JournalHandle) throws {
        let cursor = try handle.cursor()
        scanner.noteSequence(cursor)
        passedOver = cursor
    }

    private func flushIfOld() throws {
        if clock() - flushedAt >= Self.frameAgeMilliseconds { try flush() }
        try writer.tick()
    }

    /// Sends the entries that were read.
    private func flush() throws {
        let now = clock()
        flushedAt = now
        if scanner.entryCount > 0 {
            let last = scanner.cursor
            if scanner.sources.count > JournalFrame.headerLength {
                try writer.send(.sources, frame: &scanner.sources)
            }
            try writer.send(.entries, frame: &scanner.entries)
            scanner.didSend()
            position = last ?? position
            movedAt = now
            failures = 0
        }
        if scanner.hasMissed {
            scanner.hasMissed = false
            try writer.send(.gap, JournalGap.missing.rawValue)
        }
        guard let passedOver else { return }
        self.passedOver = nil
        position = passedOver
        isPositionUntold = true
        movedAt = now
    }

    /// What is done at the end of the journal.
    private func settle(_ handle: borrowing JournalHandle) throws {
        if isPositionUntold { try tellPosition() }
        if arguments.once { try end() }
        if !matches.isEmpty, clock() - movedAt >= arguments.sweepMilliseconds { try sweep(handle) }
    }

    /// Moves the position to the end of the journal when nothing there has matched for long: else the next run
    /// would search all of it again, or find its place vacuumed.
    private func sweep(_ handle: borrowing JournalHandle) throws {
        movedAt = clock()
        try handle.apply([])
        try handle.seekTail()
        guard try handle.previous() else { return try resume(handle, position) }
        let last = try handle.cursor()
        let before = position
        try resume(handle, before)
        // What has come in the meantime, then the end: everything up to `last` has been looked at.
        try drain(handle)
        guard position == before, last != before else { return }
        position = last
        try tellPosition()
    }

    private func tellPosition() throws {
        isPositionUntold = false
        try writer.send(.position, position.text)
    }

    /// Passes over a part of the journal that cannot be read.
    private func skip(_ microseconds: UInt64) throws {
        let (time, overflow) = position.realtime.addingReportingOverflow(microseconds)
        position = JournalCursor(time: overflow ? position.realtime : time)
        try writer.send(.gap, JournalGap.corrupt.rawValue)
        try tellPosition()
    }

    /// A journal that breaks is opened anew, and where it breaks again and again a part of it is passed over.
    private func recover(_ failure: JournalHandle.Failure) throws {
        try writer.send(.note, "the journal broke: cannot \(failure.text); opening it again")
        failures += 1
        if failures % Self.attemptsUntilSkip == 0 {
            try skip(1_000_000 << UInt64(min(2 * (failures / Self.attemptsUntilSkip - 1), 20)))
        }
        try pause(min(200 * Int64(failures), Self.retryMilliseconds))
    }

    private func end() throws {
        try writer.send(.ended)
        throw Stop.ended
    }

    /// Waits, and keeps on ticking.
    private func pause(_ milliseconds: Int64) throws {
        let until = clock() + milliseconds
        while clock() < until {
            try wait(-1, milliseconds: min(until - clock(), Self.tickMilliseconds))
        }
    }

    /// Waits for news of the journal, or for the time; ends when the parent has gone.
    private func wait(_ journal: Int32, milliseconds: Int64) throws {
        var entries = [
            pollfd(fd: leash, events: Int16(POLLIN), revents: 0),
            pollfd(fd: journal, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&entries, 2, Int32(clamping: max(0, milliseconds)))
        if count > 0, entries[0].revents != 0 { throw Stop.parentGone }
        try writer.tick()
    }
}
