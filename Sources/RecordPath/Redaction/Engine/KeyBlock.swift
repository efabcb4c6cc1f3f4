/// A private key in armour that has begun in one line of a stream: the lines that follow belong to it until its end
/// line comes.
///
/// One per stream. Bounded twice: a block is given up after `linesMax` lines, and after `foreignMax` lines in a row
/// that hold nothing of a key, as when the end line was lost.
struct KeyBlock: Equatable {
    static let linesMax = 128
    static let foreignMax = 3

    /// Whether lines of the stream belong to a key.
    private(set) var isOpen = false
    /// Where the armour began in its line: what a logger puts before a line has the same length in the next.
    private(set) var column = 0
    private var lines = 0
    private var foreign = 0

    /// The armour has begun and the line ended behind its label.
    mutating func open(column: Int) {
        isOpen = true
        self.column = column
        lines = 0
        foreign = 0
    }

    /// A line of the stream has gone by.
    mutating func advance(hasBody: Bool, hasEnd: Bool) {
        lines += 1
        foreign = hasBody ? 0 : foreign + 1
        if hasEnd || lines >= Self.linesMax || foreign >= Self.foreignMax { isOpen = false }
    }
}

/// What the lines of one record say about keys that reach over several records.
struct KeyBlockSigns {
    /// Where armour began that has nothing behind its label.
    var openColumn: Int?
    var hasBody = false
    var hasEnd = false
}
