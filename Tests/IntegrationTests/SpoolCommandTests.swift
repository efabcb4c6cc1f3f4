import Foundation
import TestSupport
import Testing

/// What users see of the spool: dead letters, its commands, a format of the future.
@Suite(.serialized) struct SpoolCommandTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    @Test("Refused records are kept with the reason, counted, and sent again by replay")
    func deadLetters() async throws {
        let opensearch = try OpenSearchContractServer()
        defer { opensearch.stop() }
        opensearch.fail(.items(status: 400, type: "mapper_parsing_exception", every: 2))
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let lines = (0..<100).map { "{\"msg\":\"line \($0) of test\",\"user\":\"bob@example-mail.org\"}" }
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: martlet.folder + "/a.log",
            atomically: true,
            encoding: .utf8
        )
        let file = try martlet.configure(
            "inputs: {files: [{paths: [\"\(martlet.folder)/*.log\"], format: lines, start: beginning}]}\n"
                + "outputs: {opensearch: {url: \"\(opensearch.url)\"}}\n"
        )
        #expect(try await martlet.run(["run", "--once", "-c", file]).status == 0)
        #expect(opensearch.documents("logs-martlet-default").count == 50)

        let letters = try String(
            contentsOfFile: martlet.folder + "/data/dead-letters/opensearch.ndjson",
            encoding: .utf8
        )
        .split(separator: "\n")
        #expect(letters.count == 50)
        for letter in letters {
            let object = try JSONSerialization.jsonObject(with: Data(letter.utf8)) as? [String: Any]
            #expect(object?["reason"] as? String == "mapping")
            #expect(object?["document"] is [String: Any])
            #expect(!letter.contains("bob@example"))
        }
        let verified = try await martlet.run(["spool", "verify", "-c", file, "--format", "json"])
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.contains("\"shipped\":50,\"dropped\":50"), "\(verified.output)")
        #expect(verified.output.contains("\"conservation_error\":0"), "\(verified.output)")

        let replayed = try await martlet.run(["spool", "replay", "-c", file])
        #expect(replayed.status == 0 && replayed.output.contains("opensearch: 50 records"), "\(replayed.output)")
        #expect(try await martlet.run(["spool", "replay", "-c", file]).output.contains("opensearch: 0 records"))
        let waiting = try await martlet.run(["spool", "verify", "-c", file, "--format", "json"])
        #expect(waiting.output.contains("\"records\":50"), "\(waiting.output)")
        #expect(waiting.output.contains("\"conservation_error\":0"), "\(waiting.output)")

        #expect(try await martlet.run(["run", "--once", "-c", file]).status == 0)
        let numbers = opensearch.documents("logs-martlet-default").compactMap { NumberedLines.number($0, of: "test") }
        let (lost, twice) = NumberedLines.account(numbers, of: 100)
        #expect(lost.isEmpty && twice.isEmpty)
        let status = try await martlet.run(["spool", "status", "-c", file, "--format", "json"])
        #expect(status.output.contains("\"shipped\":100"), "\(status.output)")
        #expect(status.output.contains("\"conservation_error\":0"), "\(status.output)")
    }

    @Test("A spool of a newer version is refused with 78 and not touched")
    func newerVersion() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            "inputs: {stdin: {}}\noutputs: {archive: {directory: \(martlet.folder)/archive}}\n"
        )
        #expect(try await martlet.run(["run", "--once", "-c", file], input: Array("a\n".utf8)).status == 0)
        for slot in ["a", "b"] {
            let path = martlet.folder + "/data/spool/commit-" + slot
            guard var bytes = FileManager.default.contents(atPath: path) else { continue }
            bytes[8] = 9
            let sum = Self.castagnoli(bytes.prefix(60))
            for index in 0..<4 { bytes[60 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index)) }
            try bytes.write(to: URL(fileURLWithPath: path))
        }
        let before = FileManager.default.contents(atPath: martlet.folder + "/data/spool/commit-b")
        let result = try await martlet.run(["run", "--once", "-c", file], input: Array("b\n".utf8))
        #expect(result.status == 78)
        #expect(result.output.contains("version 9"), "\(result.output)")
        #expect(FileManager.default.contents(atPath: martlet.folder + "/data/spool/commit-b") == before)
    }

    /// CRC-32C, a bit at a time.
    private static func castagnoli(_ bytes: Data) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
        }
        return ~crc
    }
}
