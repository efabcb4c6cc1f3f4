#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Writes a JSON array (with whatever is in it) by the rules of `attributes`: clean names, no name twice in an
/// object, sound strings, no leaf that is too deep or too long.
///
/// The parser has checked the grammar and the nesting; this relies on it but never reads outside the value.
/// Recursion ends at `AttributeWriter.maximumDepth`; what is deeper is copied as text.
struct ContainerRewriter: ~Copyable {
    /// A member of an object that is being written.
    private struct Member {
        /// The name as it is written, in `names`.
        var name: Range<Int>
        var hash: UInt64
        /// The key as it stands in the line.
        var key: Range<Int>
        /// Where the value starts in the line.
        var value: Int
        /// The next member with the same name, which counts where this one does not; -1: there is none.
        var beatenBy = -1
    }

    /// Members are compared each with each up to this many, and sorted beyond.
    private static let fewMembers = 16

    // Where it is in the line; only set during `write`.
    private var line: UnsafePointer<UInt8>
    private var at = 0
    private var end = 0
    private var members: [Member] = []
    private var order: [Int] = []
    private var names = Arena(capacity: 1024)
    /// The path of what is being written, escaped for JSON, with dots.
    private var path = Arena(capacity: 256)

    init() {
        // A place to point at until the first line comes; nothing reads it while `end` is 0.
        line = UnsafePointer(names.base)
    }

    /// Takes up the array or object at `range` of a line, whose path, escaped for JSON, is `path`.
    mutating func begin(_ line: UnsafePointer<UInt8>, _ range: Range<Int>, path: borrowing Arena) {
        self.line = line
        at = range.lowerBound
        end = range.upperBound
        self.path.removeAll()
        self.path.put(UnsafePointer(path.base), path.count)
    }

    /// Writes it, as a leaf at `depth` would be.
    ///
    /// False: nothing was written, because all of it went to `texts`.
    mutating func write(depth: Int, to out: inout Arena, _ texts: inout AttributeTexts) -> Bool {
        writeValue(depth, &out, &texts)
    }

    private mutating func writeValue(_ depth: Int, _ out: inout Arena, _ texts: inout AttributeTexts) -> Bool {
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""): return writeString(&out, &texts)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth <= AttributeWriter.maximumDepth - 1 else {
                let start = at
                skipValue()
                texts.add(path: path, line + start, at - start, .raw)
                return false
            }
            if peek == UInt8(ascii: "{") {
                writeObject(depth, &out, &texts)
            } else {
                writeArray(depth, &out, &texts)
            }
            return true
        default:
            return writeScalar(&out, &texts)
        }
    }

    private mutating func writeScalar(_ out: inout Arena, _ texts: inout AttributeTexts) -> Bool {
        let start = at
        skipValue()
        guard at - start <= AttributeWriter.maximumLeafBytes else {
            texts.add(path: path, line + start, at - start, .raw)
            return false
        }
        AttributeWriter.putScalar(line + start, at - start, &out)
        return true
    }

    private mutating func writeString(_ out: inout Arena, _ texts: inout AttributeTexts) -> Bool {
        let start = at + 1
        skipValue()
        let count = max(at - 1 - start, 0)
        guard count <= AttributeWriter.maximumLeafBytes else {
            texts.add(path: path, line + start, count, .escaped)
            return false
        }
        out.put(UInt8(ascii: "\""))
        JSONText.putMended(line + start, count, into: &out)
        out.put(UInt8(ascii: "\""))
        return true
    }

    private mutating func writeArray(_ depth: Int, _ out: inout Arena, _ texts: inout AttributeTexts) {
        at += 1
        let start = out.count
        out.put(UInt8(ascii: "["))
        skipSpace()
        while at < end, peek != UInt8(ascii: "]") {
            let before = out.count
            if before > start + 1 { out.put(UInt8(ascii: ",")) }
            if !writeValue(depth + 1, &out, &texts) { out.truncate(to: before) }
            skipSeparator()
        }
        at += 1
        out.put(UInt8(ascii: "]"))
    }

    private mutating func writeObject(_ depth: Int, _ out: inout Arena, _ texts: inout AttributeTexts) {
        let (firstMember, firstName, parentPath) = (members.count, names.count, path.count)
        readMembers()
        let afterObject = at
        findBeaten(members[firstMember...].indices)
        let start = out.count
        out.put(UInt8(ascii: "{"))
        for index in firstMember..<members.count {
            let member = members[index]
            let before = out.count
            if before > start + 1 { out.put(UInt8(ascii: ",")) }
            out.put(UInt8(ascii: "\""))
            out.put(names.base + member.name.lowerBound, member.name.count)
            out.put("\":")
            path.put(UInt8(ascii: "."))
            path.put(names.base + member.name.lowerBound, member.name.count)
            at = member.value
            if member.beatenBy >= 0 {
                keepBeaten(member, &texts)
                out.truncate(to: before)
            } else if !writeValue(depth + 1, &out, &texts) {
                out.truncate(to: before)
            }
            path.truncate(to: parentPath)
        }
        out.put(UInt8(ascii: "}"))
        members.removeLast(members.count - firstMember)
        names.truncate(to: firstName)
        at = afterObject
    }

    /// Notes the members of the object at hand and goes behind it.
    private mutating func readMembers() {
        at += 1
        skipSpace()
        while at < end, peek == UInt8(ascii: "\"") {
            let keyStart = at + 1
            skipValue()
            let key = keyStart..<max(at - 1, keyStart)
            skipSpace()
            at += 1
            skipSpace()
            let nameStart = names.count
            putName(key)
            let name = nameStart..<names.count
            let hash = Bytes.hash(names.base + nameStart, name.count)
            members.append(Member(name: name, hash: hash, key: key, value: at))
            skipValue()
            skipSeparator()
        }
        at += 1
    }

    private mutating func putName(_ key: Range<Int>) {
        if AttributeName.isClean(line + key.lowerBound, key.count) {
            names.put(line + key.lowerBound, key.count)
        } else {
            let name = AttributeName.name(UnsafeBufferPointer(start: line + key.lowerBound, count: key.count))
            names.appendEscaped(name)
        }
    }

    // MARK: Names that come twice

    private mutating func findBeaten(_ indices: Range<Int>) {
        if indices.count <= Self.fewMembers {
            for index in indices {
                members[index].beatenBy = ((index + 1)..<indices.upperBound).first { isSame(index, $0) } ?? -1
            }
            return
        }
        // Taken out for the while, because the comparison reads the members.
        var order: [Int] = []
        swap(&order, &self.order)
        defer { swap(&order, &self.order) }
        order.removeAll(keepingCapacity: true)
        order.append(contentsOf: indices)
        order.sort { precedes($0, $1) }
        for place in 1..<order.count where isSame(order[place - 1], order[place]) {
            members[order[place - 1]].beatenBy = order[place]
        }
    }

    private func isSame(_ a: Int, _ b: Int) -> Bool {
        members[a].hash == members[b].hash && compare(a, b) == 0
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        if members[a].hash != members[b].hash { return members[a].hash < members[b].hash }
        let difference = compare(a, b)
        return difference == 0 ? a < b : difference < 0
    }

    private func compare(_ a: Int, _ b: Int) -> Int {
        let (first, second) = (members[a].name, members[b].name)
        if first.count != second.count { return first.count - second.count }
        return Int(memcmp(names.base + first.lowerBound, names.base + second.lowerBound, first.count))
    }

    /// A member that lost its name to one whose key is another is no duplicate: its value is kept as text.
    private mutating func keepBeaten(_ member: Member, _ texts: inout AttributeTexts) {
        let (key, other) = (member.key, members[member.beatenBy].key)
        if other.count == key.count, memcmp(line + other.lowerBound, line + key.lowerBound, key.count) == 0 { return }
        let start = at
        skipValue()
        texts.add(path: path, line + start, at - start, .raw)
    }

    // MARK: Moving through the line

    private var peek: UInt8 { at < end ? line[at] : 0 }

    private mutating func skipSpace() {
        while at < end, Bytes.isJSONSpace(line[at]) { at += 1 }
    }

    /// Goes behind the comma, or to the closing bracket.
    private mutating func skipSeparator() {
        skipSpace()
        if peek == UInt8(ascii: ",") { at += 1 }
        skipSpace()
    }

    /// Goes behind the value at hand; always at least one byte on.
    private mutating func skipValue() {
        var depth = 0
        repeat {
            let byte = peek
            at += 1
            switch byte {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: if depth == 0 { skipScalar() }
            }
        } while depth > 0 && at < end
        at = min(at, end)
    }

    /// Goes behind the closing quote.
    private mutating func skipString() {
        while at < end, line[at] != UInt8(ascii: "\"") { at += line[at] == 0x5C ? 2 : 1 }
        at += 1
    }

    private mutating func skipScalar() {
        while at < end {
            switch line[at] {
            case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): return
            case let byte where Bytes.isJSONSpace(byte): return
            default: at += 1
            }
        }
    }
}
