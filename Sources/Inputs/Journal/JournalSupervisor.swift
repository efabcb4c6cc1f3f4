/// Decides when the journal reader is started, given up on and started again.
///
/// A value: the input performs.
///
/// A reader that says nothing for ten seconds is killed, for it ticks every second; a reader that ends is started
/// again, at once when it has brought something and ever later when it has not. Because a slow disk can make
/// libsystemd silent for long, each kill in a row doubles the patience: a reader that needs a minute for its
/// first answer gets it in the end.
package struct JournalSupervisor: Sendable {
    /// What has happened.
    package enum Event: Sendable, Equatable {
        /// A frame has come; `isProgress` when it moved the position.
        case heard(isProgress: Bool)
        /// So long has the parent waited for bytes in vain, milliseconds. Time in which it did not listen,
        /// because its own output was full, is not the reader's silence.
        case silent(milliseconds: Int64)
        /// The reader has ended; `isCrash` when by a fault of its own memory, as libsystemd does on files that
        /// shrink or cannot be read.
        case exited(isCrash: Bool)
    }

    /// What is to be done.
    package enum Action: Sendable, Equatable {
        case proceed
        /// Kill the reader; `exited` follows.
        case kill
        /// Start it again after a pause.
        case restart(afterMilliseconds: Int64)
        /// With `once`: it has failed too often.
        case giveUp
    }

    package static let patienceMilliseconds: Int64 = 10_000
    package static let maximumPatienceMilliseconds: Int64 = 640_000
    package static let firstPauseMilliseconds: Int64 = 250
    package static let maximumPauseMilliseconds: Int64 = 30_000
    /// So many failures in a row make the input be down.
    package static let failuresUntilDown = 3
    package static let failuresUntilGiveUp = 5

    /// How often the reader has ended unasked.
    package private(set) var exits = 0
    /// … of these in a row, without progress between.
    package private(set) var failures = 0
    /// … of these by crashing.
    private var crashes = 0
    /// Frames since the last exit.
    private var heard = 0
    /// How long the reader may be silent now.
    package private(set) var patience: Int64
    private let firstPatience: Int64
    private var silence: Int64 = 0
    private let once: Bool

    /// So many frames without an exit are as good as progress: the journal is quiet.
    private static let framesOfHealth = 30

    /// Makes a supervisor of a reader that has not been started.
    package init(once: Bool, patience: Int64 = patienceMilliseconds) {
        self.once = once
        self.patience = patience
        firstPatience = patience
    }

    /// Whether the failures are no longer a passing matter.
    package var isFailing: Bool { failures >= Self.failuresUntilDown }

    /// How much of the journal the next reader passes over, because reading on has crashed again and again: a second,
    /// then four times as much each time.
    ///
    /// It is counted as a gap.
    package var skipMicroseconds: UInt64 {
        guard crashes >= Self.failuresUntilDown else { return 0 }
        return 1_000_000 << UInt64(2 * min(crashes - Self.failuresUntilDown, 10))
    }

    /// Takes note and decides.
    package mutating func note(_ event: Event) -> Action {
        switch event {
        case .heard(let isProgress):
            silence = 0
            heard += 1
            if isProgress || heard >= Self.framesOfHealth {
                failures = 0
                crashes = 0
                patience = firstPatience
            }
            return .proceed
        case .silent(let milliseconds):
            silence += max(0, milliseconds)
            guard silence >= patience else { return .proceed }
            silence = 0
            patience = min(patience * 2, Self.maximumPatienceMilliseconds)
            return .kill
        case .exited(let isCrash):
            exits += 1
            failures += 1
            if isCrash { crashes += 1 }
            heard = 0
            silence = 0
            if once, failures >= Self.failuresUntilGiveUp { return .giveUp }
            return .restart(afterMilliseconds: pause)
        }
    }

    /// 250 ms, doubled with each failure in a row.
    private var pause: Int64 {
        let doublings = min(max(0, failures - 1), 16)
        return min(Self.firstPauseMilliseconds << Int64(doublings), Self.maximumPauseMilliseconds)
    }
}
