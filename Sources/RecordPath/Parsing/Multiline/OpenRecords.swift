/// The open records of a worker's streams: which streams have one, and how long they may wait.
struct OpenRecords {
    /// However it goes on, a record waits no longer than this for its end, nanoseconds.
    static let maximumAge: Int64 = 5_000_000_000

    let choice: MultilineChoice
    /// What a worker holds at most between two batches; above it everything goes as it is.
    let heldBytesMax: Int
    let limits = MultilineJoiner.Limits()
    /// Numbers of the streams that may have an open record.
    var streams: [Int] = []
    /// The batch that is being taken, and when.
    private(set) var batch: UInt64 = 0
    private(set) var now: Int64 = 0

    init(choice: MultilineChoice, heldBytesMax: Int) {
        self.choice = choice
        self.heldBytesMax = heldBytesMax
    }

    /// A batch begins.
    mutating func begin(_ batch: UInt64, now: Int64) {
        self.batch = batch
        self.now = now
    }

    /// Whether a line is a record at once, with nothing open before it: JSON on one line, the common case.
    @inline(__always) func passes(_ text: UnsafePointer<UInt8>, _ count: Int, _ open: borrowing OpenRecord) -> Bool {
        switch choice {
        case .off: true
        case .auto: !open.joiner.isOpen && count > 1 && text[0] == 0x7B && text[count &- 1] == 0x7D
        case .start: false
        }
    }

    /// What the operator's pattern says of a line; nil without one.
    @inline(__always) func startsRecord(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
        if case .start(let pattern) = choice { pattern.matches(text, count) } else { nil }
    }

    /// How long an open record may still wait at `now`; zero or less: it must go.
    func patience(_ open: borrowing OpenRecord, now: Int64) -> Int64 {
        min(open.touchedAt &+ limits.timeout, open.openedAt &+ Self.maximumAge) &- now
    }
}
