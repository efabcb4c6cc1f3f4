import Foundation
import RecordPath

/// One file of `Tests/Fixtures/loggers`: what a real logger printed, and what Martlet must make of it.
///
/// `NAME.log` holds the lines. `NAME.expected.jsonl` says in its first line how they were made, then holds one line
/// for each record, with its canonical fields as they are read from the line.
struct LoggerFixture: CustomTestStringConvertible, Sendable {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Fixtures/loggers").standardizedFileURL
    /// 2026-11-21T14:00:00Z, soon after most of them were made.
    static let reference: Int64 = 1_795_269_600_000_000_000

    let name: String

    var testDescription: String { name }

    static let all: [LoggerFixture] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".log") }.sorted().map { LoggerFixture(name: String($0.dropLast(4))) }
    }()

    var lines: [[UInt8]] {
        get throws {
            let data = try Data(contentsOf: Self.folder.appendingPathComponent("\(name).log"))
            return data.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map(Array.init)
        }
    }

    private var expectedFile: URL { Self.folder.appendingPathComponent("\(name).expected.jsonl") }

    /// How the file was made, and the records.
    var expected: (made: String, records: [String]) {
        get throws {
            let text = try String(contentsOf: expectedFile, encoding: .utf8)
            let lines = text.split(separator: "\n").map(String.init)
            return (lines.first ?? "", Array(lines.dropFirst()))
        }
    }

    /// Replaces the records by what is found now; how the file was made stays.
    func write(_ records: [String]) throws {
        let made = (try? expected.made) ?? #"{"made":"?"}"#
        try ([made] + records).joined(separator: "\n").appending("\n")
            .write(to: expectedFile, atomically: true, encoding: .utf8)
    }

    /// The joined records of the lines.
    func records() throws -> [[UInt8]] {
        var joiner = MultilineJoiner()
        var records: [[UInt8]] = []
        var open: [UInt8] = []
        for line in try lines {
            let step = withExactBytes(line) { joiner.take($0, $1, now: 0) }
            if step.closesOpen { records.append(open) }
            switch step.action {
            case .emit: records.append(line)
            case .open: open = line
            case .append: open += [0x0A] + line
            case .appendAndClose: records.append(open + [0x0A] + line)
            }
        }
        if joiner.close() { records.append(open) }
        return records
    }
}
