import Foundation
import TestSupport
import Testing

/// The spool on disks that are full, or fail, and outputs that are away for longer than it has room.
@Suite(.serialized) struct SpoolDiskTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    @Test("On a full disk the agent says so, waits, and delivers everything once there is room")
    func fullDisk() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        for _ in 0..<5 { loki.fail(.broken) }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let data = martlet.folder + "/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let mounted = try await RunningCommand.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", data])
        guard mounted.status == 0 else { return print("skipped: cannot mount a tmpfs here") }
        defer { _ = try? RunningCommand(["umount", "-l", data]).wait() }
        let port = try FreePort.find()
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(martlet.folder)/*.log"], format: lines, start: beginning}]}
            outputs: {loki: {url: "\(loki.url)", retry: {first: 20ms, max: 200ms}, breaker: {probe: 200ms}}}
            """,
            listen: "127.0.0.1:\(port)"
        )
        let count = 24_000
        try Self.writeLines(count, to: martlet.folder + "/a.log")
        let agent = try martlet.start(["run", "-c", file])
        let isTold = await eventuallyAsync {
            let answer = try? await BlockingWork.run { LoopbackRequest.get("/readyz", port: port) }
            return answer?.contains("\"spool\"") ?? false
        }
        #expect(isTold, "a full disk shows on /readyz")
        let isDone = await eventuallyAsync {
            await MetricsScrape.of(port: port)?.sum("martlet_records_shipped_total") == Double(count)
        }
        let scrape = await MetricsScrape.of(port: port)
        kill(agent.pid, SIGTERM)
        let result = agent.wait()
        #expect(isDone && result.status == 0, "\(result.output)")
        #expect(scrape?.sum("martlet_conservation_error") == 0)
        #expect(scrape?.sum("martlet_records_dropped_total") == 0)
        let numbers = loki.streams().values.flatMap { $0 }.compactMap { NumberedLines.number($0.line, of: "test") }
        let (lost, twice) = NumberedLines.account(numbers, of: count)
        #expect(lost.isEmpty && twice.isEmpty, "lost \(lost.count), twice \(twice.count)")
    }

    @Test("With drop_oldest the oldest records go, are counted, and the newest arrive")
    func dropOldest() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let port = try FreePort.find()
        let away = try FreePort.find()
        func configure(_ url: String) throws -> String {
            try martlet.configure(
                """
                inputs: {files: [{paths: ["\(martlet.folder)/*.log"], format: lines, start: beginning}]}
                outputs: {loki: {url: "\(url)", retry: {first: 20ms, max: 200ms}}}
                delivery: {batch: {bytes: 64KiB}, spool: {bytes: 4MiB, when_full: drop_oldest}}
                """,
                listen: "127.0.0.1:\(port)"
            )
        }
        let count = 20_000
        try Self.writeLines(count, to: martlet.folder + "/a.log")
        let first = try martlet.start(["run", "-c", try configure("http://127.0.0.1:\(away)")])
        var scrape: MetricsScrape?
        #expect(
            await eventuallyAsync {
                scrape = await MetricsScrape.of(port: port)
                return scrape?.sum("martlet_records_read_total") == Double(count)
            }
        )
        kill(first.pid, SIGTERM)
        _ = first.wait()
        let dropped = try #require(scrape?.sum("martlet_records_dropped_total", "reason=\"spool_full\""))
        #expect(dropped > 5_000 && dropped < Double(count))
        #expect(scrape?.sum("martlet_conservation_error") == 0)
        #expect((scrape?.sum("martlet_spool_bytes") ?? .infinity) <= Double(4 << 20))

        let second = try await martlet.run(["run", "--once", "-c", try configure(loki.url)])
        #expect(second.status == 0, "\(second.output)")
        let numbers = loki.streams().values.flatMap { $0 }.compactMap { NumberedLines.number($0.line, of: "test") }
        #expect(Double(numbers.count) == Double(count) - dropped)
        #expect(Set(numbers).count == numbers.count && numbers.contains(count - 1) && !numbers.contains(0))
    }

    @Test("A disk that fails and turns read-only does not end the agent; mended, everything is there once")
    func failingDisk() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        guard let disk = try await LoopDisk(martlet.folder) else { return print("skipped: no loop device here") }
        defer { disk.remove() }
        let port = try FreePort.find()
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(martlet.folder)/*.log"], format: lines, start: beginning}]}
            outputs: {loki: {url: "\(loki.url)", retry: {first: 20ms, max: 200ms}}}
            delivery: {batch: {age: 100ms}}
            """,
            listen: "127.0.0.1:\(port)"
        )
        let log = martlet.folder + "/a.log"
        func append(_ numbers: Range<Int>) throws {
            if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(fileURLWithPath: log)) }
            let handle = try #require(FileHandle(forWritingAtPath: log))
            handle.seekToEndOfFile()
            handle.write(Data(numbers.map { NumberedLines.request($0, of: "test") }.joined().utf8))
            try handle.close()
        }
        try append(0..<1_000)
        let agent = try martlet.start(["run", "-c", file])
        #expect(await eventually { loki.storedCount == 1_000 })
        try disk.fail()
        try append(1_000..<2_000)
        let isTold = await eventuallyAsync {
            let answer = try? await BlockingWork.run { LoopbackRequest.get("/readyz", port: port) }
            return answer?.contains("\"spool\"") ?? false
        }
        #expect(isTold, "a disk that takes nothing shows on /readyz")
        #expect(kill(agent.pid, 0) == 0)
        kill(agent.pid, SIGTERM)
        let end = agent.wait()
        #expect(end.status != 128 + SIGABRT && end.output.contains("nothing is lost"), "\(end.output)")

        try await disk.mend()
        #expect(try await martlet.run(["run", "--once", "-c", file]).status == 0)
        let numbers = loki.streams().values.flatMap { $0 }.compactMap { NumberedLines.number($0.line, of: "test") }
        let (lost, twice) = NumberedLines.account(numbers, of: 2_000)
        #expect(lost.isEmpty && twice.isEmpty, "lost \(lost.count), twice \(twice.count)")
    }

    /// Lines that no codec makes much smaller: 24 MB of them do not fit into the 5 MB that are free.
    private static func writeLines(_ count: Int, to file: String) throws {
        var random = SeededGenerator(seed: 9)
        var text = ""
        for number in 0..<count {
            text += "{\"msg\":\"line \(number) of test\",\"noise\":\""
            var words = [UInt8](repeating: UInt8(ascii: " "), count: 780)
            for place in words.indices where place % 6 != 5 {
                words[place] = UInt8(ascii: "a") + UInt8.random(in: 0..<26, using: &random)
            }
            text += String(decoding: words, as: UTF8.self) + "\"}\n"
        }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
}

/// A small ext4 on a loop device, mounted as an agent's data directory, that can be made to fail.
private struct LoopDisk {
    private let image: String
    private let folder: String
    private let device: String

    /// Nil where that cannot be done: it takes root and loop devices.
    init?(_ parent: String) async throws {
        (image, folder) = (parent + "/disk", parent + "/data")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let make = "truncate -s 64M '\(image)' && mkfs.ext4 -q -F '\(image)'"
        guard try await Self.shell(make + " && mount -o loop,errors=remount-ro '\(image)' '\(folder)'").status == 0
        else { return nil }
        let source = try await Self.shell("findmnt -n -o SOURCE '\(folder)'").output
        device = String(source.split(separator: "/").last?.prefix { !$0.isWhitespace } ?? "")
        guard access("/sys/fs/ext4/\(device)/trigger_fs_error", W_OK) == 0 else {
            remove()
            return nil
        }
    }

    /// The kernel meets an error: from now on nothing can be written.
    func fail() throws {
        try Data("1".utf8).write(to: URL(fileURLWithPath: "/sys/fs/ext4/\(device)/trigger_fs_error"))
    }

    /// Checked and mounted again.
    func mend() async throws {
        _ = try await Self.shell("umount '\(folder)'")
        // 1: errors were corrected.
        #expect(try await Self.shell("e2fsck -fy '\(image)' > /dev/null 2>&1").status <= 1)
        #expect(try await Self.shell("mount -o loop '\(image)' '\(folder)'").status == 0)
    }

    func remove() { _ = try? RunningCommand(["umount", "-l", folder]).wait() }

    private static func shell(_ script: String) async throws -> RunningCommand.Result {
        try await RunningCommand.run(["sh", "-c", script])
    }
}
