import Inputs
import TestSupport
import Testing

struct StoredFilePositionsTests {
    private let number = FileNumber(device: 8, inode: 100)

    private func claim(
        _ positions: [String: String],
        _ number: FileNumber,
        path: String = "/l/a",
        size: UInt64,
        head: String
    ) -> StoredFilePositions.Resume? {
        var stored = StoredFilePositions(positions)
        return Array(head.utf8).withUnsafeBufferPointer {
            stored.claim(number, path: path, size: size, head: $0)
        }
    }

    private func position(
        _ head: String,
        generation: UInt64 = 0,
        offset: UInt64,
        origin: UInt64 = 0
    ) -> String {
        let fingerprint = Array(head.utf8).withUnsafeBufferPointer { FileFingerprint(of: $0) }
        return FilePosition(
            generation: generation,
            offset: offset,
            origin: origin,
            fingerprint: fingerprint,
            noted: 5,
            path: "/l/a"
        ).text
    }

    @Test func `a position survives its text`() throws {
        let position = FilePosition(
            generation: 3,
            offset: .max,
            origin: 7,
            fingerprint: FileFingerprint(length: 12, hash: 0xABC),
            noted: -1,
            path: "/var/a b  c"
        )
        #expect(FilePosition(position.text) == position)
        for text in ["", "1", "2 0 0 0 0 0 0 /a", "1 0 0 0 9999 0 0 /a", "1 x 0 0 0 0 0 /a", "1 0 0 0 -1 0 0 /a"] {
            #expect(FilePosition(text) == nil, "\(text)")
        }
    }

    @Test func `a key survives its text and other inputs' keys are not taken`() {
        let key = FileKey(number: number, hash: 0xFEED)
        #expect(FileKey.parse(key.text(stream: ""))?.key == key)
        #expect(FileKey.parse(key.text(stream: "stderr"))?.stream == "stderr")
        for text in ["docker:8:100:feed", "file:8:100", "file:8:x:feed", "file:8:100:feed:stdout:x", "stdin"] {
            #expect(FileKey.parse(text) == nil, "\(text)")
        }
    }

    @Test func `a file that has only grown is gone on with`() {
        let positions = ["file:8:100:ab": position("one\n", offset: 4)]
        let resume = claim(positions, number, size: 9, head: "one\ntwo\nx")
        #expect(resume?.offsets == ["": 4])
        #expect(resume?.isTruncated == false)
        #expect(resume?.key == FileKey(number: number, hash: 0xAB))
    }

    @Test func `a file that is shorter or begins otherwise is a later generation`() {
        let positions = ["file:8:100:ab": position("one\n", generation: 4, offset: 40)]
        for (size, head) in [(UInt64(4), "one\n"), (90, "two\n")] {
            let resume = claim(positions, number, size: size, head: head)
            #expect(resume?.isTruncated == true)
            #expect(resume?.generation == 5)
            #expect(resume?.offsets == [:])
        }
    }

    @Test func `a stream that is a generation behind begins this one at its start`() {
        let positions = [
            "file:8:100:ab:stdout": position("one\n", generation: 2, offset: 30, origin: 8),
            "file:8:100:ab:stderr": position("old\n", generation: 1, offset: 500),
        ]
        let resume = claim(positions, number, size: 90, head: "one\n")
        #expect(resume?.offsets == ["stdout": 30, "stderr": 8])
    }

    @Test func `a file whose device number has changed is known by inode, path and first bytes`() {
        let positions = ["file:8:100:ab": position("one\n", offset: 4)]
        let moved = FileNumber(device: 9, inode: 100)
        #expect(claim(positions, moved, size: 9, head: "one\nmore")?.offsets == ["": 4])
        #expect(claim(positions, moved, path: "/l/b", size: 9, head: "one\nmore") == nil)
        #expect(claim(positions, moved, size: 9, head: "two\nmore") == nil)
        #expect(claim(positions, FileNumber(device: 8, inode: 101), size: 9, head: "one\nmore") == nil)
    }

    @Test func `a position is claimed once`() {
        var stored = StoredFilePositions(["file:8:100:ab": position("one\n", offset: 4)])
        let head = Array("one\n".utf8)
        head.withUnsafeBufferPointer { head in
            #expect(stored.claim(number, path: "/l/a", size: 4, head: head) != nil)
            #expect(stored.claim(number, path: "/l/a", size: 4, head: head) == nil)
        }
        #expect(stored.unclaimed.isEmpty)
    }
}
