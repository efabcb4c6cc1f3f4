import Inputs
import TestSupport
import Testing

@Suite("The engine's last message")
struct TailMessageTests {
    @Test("is the last frame, with its stream and time")
    func framed() {
        let bytes =
            LogStreamBytes.frame(1, LogStreamBytes.message("one\n", second: 1))
            + LogStreamBytes.frame(2, LogStreamBytes.message("two\n", second: 2))
        let last = TailMessage(isError: true, time: LogStreamBytes.time(2, 0))
        #expect(TailMessage.last(of: bytes, hasTerminal: false) == last)
    }

    @Test("of a container with a terminal is its text")
    func raw() {
        let bytes = LogStreamBytes.message("one\r\n", second: 1)
        let last = TailMessage(isError: false, time: LogStreamBytes.time(1, 0))
        #expect(TailMessage.last(of: Array(bytes), hasTerminal: true) == last)
    }

    @Test("is none where the answer is no log")
    func none() {
        for hasTerminal in [false, true] {
            #expect(TailMessage.last(of: [], hasTerminal: hasTerminal) == nil)
            #expect(TailMessage.last(of: Array("no log".utf8), hasTerminal: hasTerminal) == nil)
        }
        let error = LogStreamBytes.frame(3, Array("Error grabbing logs".utf8))
        #expect(TailMessage.last(of: error, hasTerminal: false) == nil)
    }

    @Test("is looked for with ever fewer lines, to the very last")
    func recovery() {
        var recovery = TailRecovery()
        var asked: [Int] = []
        while let lines = recovery.next() { asked.append(lines) }
        #expect(asked.first == 65_536 && asked.last == 1)
        #expect(zip(asked, asked.dropFirst()).allSatisfy { $0 > $1 })
        #expect(asked.count < 50)
    }
}
