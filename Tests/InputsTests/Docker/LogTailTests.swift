import Inputs
import RecordPath
import TestSupport
import Testing

/// The last lines of a container, read to the side.
@Suite struct LogTailTests {
    private let details = ContainerDetails(
        id: "cb2423ab97c30b1ed1467f16ab055d5902261acb35b91892343606cea0f417a6",
        name: "api",
        isRunning: true
    )

    private func lines(_ body: [UInt8], _ details: ContainerDetails) -> [String] {
        LogTail.batches(of: body, details, now: 1).flatMap { batch in
            batch.bytes.withBytes { bytes in
                batch.lines.map { line in
                    String(decoding: bytes[Int(line.offset)..<Int(line.offset) + Int(line.length)], as: UTF8.self)
                }
            }
        }
    }

    private func frame(_ stream: UInt8, _ text: String) -> [UInt8] {
        let payload = Array("2026-11-21T18:25:36.000000001Z \(text)".utf8)
        return [stream, 0, 0, 0, 0, 0, UInt8(payload.count >> 8), UInt8(payload.count & 255)] + payload
    }

    @Test("Both streams' lines are there, without frames and times, the open one too")
    func frames() {
        let body = frame(1, "one\n") + frame(2, "two\n") + frame(1, "thr")
        #expect(lines(body, details).sorted() == ["one", "thr", "two"])
    }

    @Test("A terminal's log has no frames")
    func terminal() {
        var details = details
        details.hasTerminal = true
        #expect(lines(Array("2026-11-21T18:25:36.000000001Z one\r\n".utf8), details) == ["one"])
    }

    @Test("What cannot be read ends the lines, and nothing traps")
    func broken() {
        #expect(lines(frame(1, "one\n") + [9, 9, 9, 9, 9, 9, 9, 9, 9], details) == ["one"])
        #expect(lines([], details) == [])
    }
}
