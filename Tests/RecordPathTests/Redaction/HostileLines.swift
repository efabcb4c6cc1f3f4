import RecordPath

/// Lines for fuzzing: JSON with secrets at any depth of escaping, text of many forms, halves of anything, noise.
struct HostileLines {
    private static let secrets =
        Detector.catalogue.flatMap { $0.positives.map(SampleText.expand) }
        + Detector.catalogue.flatMap { $0.nearMisses.map(SampleText.expand) }
        + [
            "password=hunter2", "hunter2", "4111111111111111", "Bearer abcdef123456", "a=1; sid=abcdef1234567890",
            "4111 1111 1111 1111",
        ]
    private static let keys = [
        "password", "user", "authorization", "cookie", "token", "name", "value", "key", "cvv", "card", "email", "a",
        "trace_id",
        "body", "headers", "x-api-key", "client_secret", "msg", "order_id", "phone", "secret\\u0065", "pass\\\"word",
    ]
    private static let noise =
        Array(#""\{}[]:,=&%@.-+_/<>'#$ ;|*0123456789abcdefXYZeyJ"#.utf8) + [0xC3, 0xA9, 0x80, 0xFF, 0, 9, 10, 0x1B]

    private var state: UInt64

    init(seed: UInt64) { state = seed | 1 }

    mutating func next() -> [UInt8] {
        switch random(10) {
        case 0..<5: return Array(object(depth: 0).utf8)
        case 5: return cut(Array(object(depth: 0).utf8))
        case 6: return (0..<random(200)).map { _ in Self.noise[random(Self.noise.count)] }
        case 7: return damaged(Array(object(depth: 0).utf8))
        default: return text()
        }
    }

    private mutating func object(depth: Int) -> String {
        let members = (0..<1 + random(5)).map { _ in "\"\(Self.keys[random(Self.keys.count)])\":\(value(depth: depth))"
        }
        return "{" + members.joined(separator: random(6) == 0 ? " , " : ",") + "}"
    }

    private mutating func value(depth: Int) -> String {
        switch random(12) {
        case 0 where depth < 4: return object(depth: depth + 1)
        case 1 where depth < 4:
            return "[" + (0..<random(4)).map { _ in value(depth: depth + 1) }.joined(separator: ",") + "]"
        case 2 where depth < 3: return quoted(object(depth: depth + 1))
        case 3: return ["true", "false", "null", "123", "4111111111111111", "-1.5e3", "17", "123456789"][random(8)]
        case 4: return quoted(sentence())
        default: return quoted(Self.secrets[random(Self.secrets.count)])
        }
    }

    private mutating func sentence() -> String {
        (0..<1 + random(4)).map { _ in
            random(2) == 0
                ? Self.secrets[random(Self.secrets.count)]
                : ["x", "user=bob", "took 12 ms", "é", "\"", "\\", "\n", "&", "key:"][random(9)]
        }.joined(separator: [" ", "", ", ", "&", "="][random(5)])
    }

    private mutating func text() -> [UInt8] {
        let form = random(5)
        let line =
            form == 0
            ? "time=now " + sentence()
            : form == 1 ? "payload=" + object(depth: 2) : form == 2 ? percent(sentence()) : sentence()
        return Array(line.utf8)
    }

    private mutating func percent(_ text: String) -> String {
        text.utf8.map { byte in
            let plain = byte.isPlain && random(8) != 0
            return plain
                ? String(UnicodeScalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: random(2) == 0)
        }.joined()
    }

    /// A JSON string, with some characters escaped that need not be.
    private mutating func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "/" where random(3) == 0: out += "\\/"
            default:
                let isOdd = scalar.value < 0x20 || (random(40) == 0 && scalar.value < 0x10000)
                out += isOdd ? "\\u" + String(String(scalar.value + 0x10000, radix: 16).suffix(4)) : String(scalar)
            }
        }
        return out + "\""
    }

    private mutating func cut(_ line: [UInt8]) -> [UInt8] { Array(line.prefix(random(line.count + 1))) }

    private mutating func damaged(_ line: [UInt8]) -> [UInt8] {
        var line = line
        for _ in 0..<1 + random(4) where !line.isEmpty {
            line[random(line.count)] = Self.noise[random(Self.noise.count)]
        }
        return line
    }

    private mutating func random(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return limit == 0 ? 0 : Int((state >> 33) % UInt64(limit))
    }
}

extension UInt8 {
    fileprivate var isPlain: Bool {
        (self >= 0x30 && self <= 0x39) || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self == 0x3D || self == 0x26
    }
}
