/// Steps over the values of JSON whose grammar has been checked, without taking them apart.
struct JSONSteps {
    private var cursor: ByteCursor

    /// Steps over a part of a line.
    init(_ line: UnsafePointer<UInt8>, _ range: Range<Int>) {
        cursor = ByteCursor(line, from: range.lowerBound, to: range.upperBound)
    }

    /// Goes into a list or an object by its opening sign; false where none begins.
    mutating func enter(_ sign: UInt8) -> Bool {
        skipSpace()
        return cursor.take(sign)
    }

    /// The next value of a list; nil at its end.
    mutating func next() -> Range<Int>? {
        skipSpace()
        if cursor.take(UInt8(ascii: ",")) { skipSpace() }
        let start = cursor.position
        return skipValue() ? start..<cursor.position : nil
    }

    /// The next member of an object, its key without quotes; nil at the end.
    mutating func nextMember() -> (key: Range<Int>, value: Range<Int>)? {
        guard let key = next(), key.count >= 2 else { return nil }
        skipSpace()
        guard cursor.take(UInt8(ascii: ":")), let value = next() else { return nil }
        return (key.lowerBound + 1..<key.upperBound - 1, value)
    }

    /// Goes behind a value; false where none begins.
    private mutating func skipValue() -> Bool {
        switch cursor.next {
        case UInt8(ascii: "\""): return cursor.takeQuoted() != nil
        case UInt8(ascii: "{"), UInt8(ascii: "["): return skipContainer()
        default:
            let start = cursor.position
            while cursor.next > 0x20, !Self.isSign(cursor.next) { cursor.position += 1 }
            return cursor.position > start
        }
    }

    private mutating func skipContainer() -> Bool {
        var depth = 0
        repeat {
            switch cursor.next {
            case 0 where cursor.isAtEnd: return false
            case UInt8(ascii: "\""):
                guard cursor.takeQuoted() != nil else { return false }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            cursor.position += 1
        } while depth > 0
        return true
    }

    private mutating func skipSpace() {
        while !cursor.isAtEnd, Bytes.isJSONSpace(cursor.next) { cursor.position += 1 }
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: ":")
    }
}
