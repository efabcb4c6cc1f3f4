/// A JSON value as a reader that forgives nothing sees it; written for the tests, apart from everything in Sources.
indirect enum StrictJSONDocument: Equatable {
    case null
    case bool(Bool)
    /// The digits as they stand.
    case number(String)
    case string(String)
    case array([StrictJSONDocument])
    case object([(name: String, value: StrictJSONDocument)])

    /// Why a text is refused.
    struct Refusal: Error, CustomStringConvertible {
        var problem: String
        var offset: Int
        var description: String { "\(problem) at byte \(offset)" }
    }

    /// Reads one document: RFC 8259, well-formed UTF-8, paired surrogates, no name twice in an object.
    static func parse(_ bytes: [UInt8]) throws -> StrictJSONDocument {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Refusal(problem: "no UTF-8", offset: 0) }
        var reader = Reader(bytes: bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.at == bytes.count else { throw reader.refuse("something behind the value") }
        return value
    }

    static func parse(_ text: String) throws -> StrictJSONDocument { try parse(Array(text.utf8)) }

    static func == (a: StrictJSONDocument, b: StrictJSONDocument) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)), (.string(let a), .string(let b)):
            a.unicodeScalars.elementsEqual(b.unicodeScalars)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)):
            a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
        default: false
        }
    }

    /// The member of an object.
    subscript(name: String) -> StrictJSONDocument? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The names of an object's members, in order.
    var names: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.name)
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var number: Int64? {
        guard case .number(let digits) = self else { return nil }
        return Int64(digits)
    }

    var elements: [StrictJSONDocument] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// Containers around the deepest leaf, this one included.
    var depth: Int {
        switch self {
        case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0

        func refuse(_ problem: String) -> Refusal { Refusal(problem: problem, offset: at) }

        var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

        mutating func skipSpace() {
            while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
        }

        mutating func take(_ text: StaticString) throws {
            for index in 0..<text.utf8CodeUnitCount {
                guard at < bytes.count, bytes[at] == text.utf8Start[index] else { throw refuse("no \(text)") }
                at += 1
            }
        }

        mutating func value(depth: Int) throws -> StrictJSONDocument {
            guard depth < 1000 else { throw refuse("too deep") }
            skipSpace()
            switch byte {
            case UInt8(ascii: "{"): return try object(depth: depth + 1)
            case UInt8(ascii: "["): return try array(depth: depth + 1)
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"):
                try take("true")
                return .bool(true)
            case UInt8(ascii: "f"):
                try take("false")
                return .bool(false)
            case UInt8(ascii: "n"):
                try take("null")
                return .null
            default: return .number(try number())
            }
        }

        mutating func object(depth: Int) throws -> StrictJSONDocument {
            try take("{")
            var members: [(name: String, value: StrictJSONDocument)] = []
            var seen: Set<[UInt8]> = []
            skipSpace()
            if byte == UInt8(ascii: "}") {
                at += 1
                return .object([])
            }
            while true {
                skipSpace()
                let name = try string()
                guard seen.insert(Array(name.utf8)).inserted else { throw refuse("\(name) stands there twice") }
                skipSpace()
                try take(":")
                members.append((name, try value(depth: depth)))
                skipSpace()
                if byte == UInt8(ascii: ",") {
                    at += 1
                    continue
                }
                try take("}")
                return .object(members)
            }
        }

        mutating func array(depth: Int) throws -> StrictJSONDocument {
            try take("[")
            var elements: [StrictJSONDocument] = []
            skipSpace()
            if byte == UInt8(ascii: "]") {
                at += 1
                return .array([])
            }
            while true {
                elements.append(try value(depth: depth))
                skipSpace()
                if byte == UInt8(ascii: ",") {
                    at += 1
                    continue
                }
                try take("]")
                return .array(elements)
            }
        }

        mutating func string() throws -> String {
            try take("\"")
            var text: [UInt8] = []
            while true {
                guard at < bytes.count else { throw refuse("a string without an end") }
                let byte = bytes[at]
                at += 1
                switch byte {
                case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
                case UInt8(ascii: "\\"): text += Array(String(Character(try escape())).utf8)
                case 0..<0x20: throw refuse("a raw control character")
                default: text.append(byte)
                }
            }
        }

        mutating func escape() throws -> Unicode.Scalar {
            let letter = byte
            at += 1
            switch letter {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{C}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"):
                let unit = try unit()
                if let scalar = Unicode.Scalar(unit) { return scalar }
                try take("\\u")
                let low = try self.unit()
                guard unit < 0xDC00, (0xDC00..<0xE000).contains(low),
                    let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
                else { throw refuse("a lone surrogate") }
                return scalar
            default: throw refuse("no escape")
            }
        }

        mutating func unit() throws -> UInt32 {
            guard at + 4 <= bytes.count else { throw refuse("a cut escape") }
            let digits = bytes[at..<at + 4]
            guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw refuse("no hexadecimal digits") }
            at += 4
            return unit
        }

        mutating func number() throws -> String {
            let start = at
            if byte == UInt8(ascii: "-") { at += 1 }
            if byte == UInt8(ascii: "0") { at += 1 } else { try digits() }
            if byte == UInt8(ascii: ".") {
                at += 1
                try digits()
            }
            if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
                at += 1
                if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
                try digits()
            }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }

        mutating func digits() throws {
            let start = at
            while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
            guard at > start else { throw refuse("no digit") }
        }
    }
}
