import Admin

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// One line of our own log: `{"time":…,"level":…,"msg":…}` and its fields.
package struct LogLine: Sendable, Equatable {
    /// Nanoseconds since 1970.
    package let time: Int64
    /// `trace debug info warn error fatal`.
    package let level: String
    /// What happened.
    package let message: String
    /// Sorted by name; one that bears the name of a fixed member gets a `_` behind it.
    package let fields: [(name: String, value: String)]
    /// Lines like this one that were not written.
    package let suppressed: Int

    /// Longest text of a message or a field; what is beyond is cut.
    private static let textBytesMax = 2048
    private static let fieldsMax = 32
    private static let fixedNames: Set<String> = ["time", "level", "msg", "suppressed"]

    /// Makes a line.
    package init(
        time: Int64,
        level: String,
        message: String,
        fields: [(name: String, value: String)] = [],
        suppressed: Int = 0
    ) {
        self.time = time
        self.level = level
        self.message = message
        self.fields = fields.sorted { $0.name < $1.name }
        self.suppressed = suppressed
    }

    /// The line with its line break.
    package var bytes: [UInt8] {
        var members = [
            JSONValue.Member("time", .string(Self.text(of: time))), JSONValue.Member("level", .string(level)),
            JSONValue.Member("msg", .string(Self.cut(message))),
        ]
        for field in fields.prefix(Self.fieldsMax) {
            let name = Self.fixedNames.contains(field.name) ? field.name + "_" : field.name
            members.append(JSONValue.Member(Self.cut(name), .string(Self.cut(field.value))))
        }
        if suppressed > 0 { members.append(JSONValue.Member("suppressed", .integer(Int64(suppressed)))) }
        return JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
    }

    package static func == (left: LogLine, right: LogLine) -> Bool { left.bytes == right.bytes }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > textBytesMax else { return text }
        // Decoding mends a character that the cut has split.
        return String(decoding: text.utf8.prefix(textBytesMax), as: UTF8.self) + "…"
    }

    /// RFC 3339 with milliseconds, in UTC.
    static func text(of nanoseconds: Int64) -> String {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let milliseconds = Int(nanoseconds % 1_000_000_000 / 1_000_000).magnitude
        let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map(padded)
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0)) }
        let fraction = String(String(1000 + milliseconds).dropFirst())
        return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "." + fraction + "Z"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
