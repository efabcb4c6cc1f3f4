/// A line of text with what its parsers need to know beside it.
struct TextContext {
    let line: UnsafePointer<UInt8>
    let count: Int
    /// The source's own time.
    let reference: Int64
    /// Where the text begins behind colour codes and blanks.
    private(set) var start = 0

    /// Makes a context of a line.
    init(line: UnsafePointer<UInt8>, count: Int, reference: Int64) {
        self.line = line
        self.count = count
        self.reference = reference
    }

    /// The same line from another place on, such as behind a syslog header.
    func from(_ position: Int) -> TextContext {
        var later = self
        later.start = min(position, count)
        return later
    }

    /// A cursor at the start of the text.
    var cursor: ByteCursor { ByteCursor(line, from: start, to: count) }

    /// The first byte; 0 where there is none.
    var first: UInt8 { start < count ? line[start] : 0 }

    /// The second byte; 0 where there is none.
    var second: UInt8 { start + 1 < count ? line[start + 1] : 0 }

    /// Steps over what docker-compose (`web-1  | `), `kubectl logs --prefix` (`[pod/web-0/app] `) and, before JSON, others
    /// like `tkn logs` (`[step-name] `) put before a line.
    ///
    /// Whether there was any: a level is none, nor is what begins with a digit.
    @inline(__always) mutating func skipWrapper() -> Bool {
        guard ASCII.isLower(first) || first == 0x5B else { return false }
        return skipPrefix()
    }

    @inline(never) private mutating func skipPrefix() -> Bool {
        var cursor = cursor
        if cursor.take("[pod/") {
            guard cursor.advance(to: 0x5D, within: 256), cursor.take("] ") else { return false }
            start = cursor.position
            return true
        }
        let isBracketed = cursor.take(0x5B)
        let name = cursor.position
        while ASCII.isAlphanumeric(cursor.next) || cursor.next == 0x2D || cursor.next == 0x5F || cursor.next == 0x2E {
            cursor.position += 1
        }
        let end = cursor.position
        guard end > name, end - name <= 64, LevelName.named(line + name, end - name) == .none else { return false }
        if isBracketed {
            guard ASCII.isLetter(line[name]), cursor.take("] "), cursor.next == 0x7B else { return false }
        } else {
            guard cursor.skip(0x20) > 0, cursor.take("| ") else { return false }
            cursor.skip(0x20)
        }
        start = cursor.position
        return true
    }

    /// Steps over colour codes at the start.
    mutating func skipColour() {
        guard first == 0x1B else { return }
        var cursor = cursor
        cursor.skipColours()
        start = cursor.position
    }
}

extension ByteCursor {
    /// Steps over ANSI colour codes (`ESC [ 1 ; 31 m`).
    mutating func skipColours() {
        while next == 0x1B, peek(1) == 0x5B {
            var length = 2
            while ASCII.isDigit(peek(length)) || peek(length) == 0x3B { length += 1 }
            guard ASCII.isLetter(peek(length)) else { return }
            position += length + 1
        }
    }

    /// Reads a time here and steps over it.
    @inline(__always) mutating func takeTime(_ times: inout TimestampReader, reference: Int64) -> Int64? {
        guard let found = times.read(prefixOf: base + position, remaining, reference: reference) else { return nil }
        position += found.length
        return found.time
    }

    /// Reads `[time] ` here and steps over it; the range is that of the time.
    @inline(__always) mutating func takeBracketedTime(
        _ times: inout TimestampReader,
        reference: Int64
    ) -> (time: Int64, range: Range<Int>)? {
        guard take(0x5B) else { return nil }
        let start = position
        guard let time = takeTime(&times, reference: reference) else { return nil }
        let range = start..<position
        return take("] ") ? (time, range) : nil
    }

    /// Steps over bytes up to the next blank or the end; false where there are none.
    @inline(__always) mutating func skipWord() -> Bool {
        let start = position
        while position < end, base[position] > 0x20 { position &+= 1 }
        return position > start
    }

    /// A text in double quotes at the cursor, whose inside is returned; `\"` does not end it.
    @inline(__always) mutating func takeQuoted() -> Range<Int>? {
        guard next == 0x22 else { return nil }
        var index = position &+ 1
        while index < end, base[index] != 0x22 { index &+= base[index] == 0x5C ? 2 : 1 }
        guard index < end else { return nil }
        let inside = position &+ 1..<index
        position = index &+ 1
        return inside
    }
}
