import Foundation
import TestSupport
import Testing

/// The archive across deaths of the agent.
@Suite struct ArchiveCrashTests {
    @Test("Killed in the midst of writing, the archive holds every line once after the next run")
    func killed() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let round = 200_000
        // Of several files, so that several workers bring batches.
        let logs = (0..<4).map { "\(martlet.folder)/app-\($0).log" }
        let archive = martlet.folder + "/archive"
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(martlet.folder)/app-*.log"], start: beginning}]}
            outputs: {archive: {directory: "\(archive)", batch: {bytes: 64KiB, age: 100ms}}}
            """
        )
        let rounds = 3
        for index in 0..<rounds {
            // Each life finds lines that no earlier one can have archived, however fast the machine.
            let part = round / logs.count
            for (number, log) in logs.enumerated() {
                let first = index * round + number * part + 1
                let range = "\(first) \(first + part - 1)"
                let written = try await RunningCommand.run(["sh", "-c", "seq -f 'entry %.0f' \(range) >> \(log)"])
                #expect(written.status == 0)
            }
            let before = Self.bytes(in: archive)
            let agent = try martlet.start(["run", "-c", file])
            // In the midst: something new is there, and the rest is on its way.
            #expect(await eventually { Self.bytes(in: archive) > before + 100_000 })
            kill(agent.pid, SIGKILL)
            _ = agent.wait()
        }
        let last = try await martlet.run(["run", "--once", "-c", file])
        #expect(last.status == 0, "\(last.output)")
        let list = try await RunningCommand.run([
            "sh", "-c",
            "for f in \(archive)/*.gz; do gzip -dc $f || exit 1; done | grep -o 'entry [0-9]*' | sort | uniq -c"
                + " | awk '{ n++; if ($1 != 1) twice++ } END { print n, twice + 0 }'",
        ])
        #expect(list.output == "\(rounds * round) 0\n")
    }

    private static func bytes(in folder: String) -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            return sum + ((attributes?[.size] as? Int) ?? 0)
        }
    }
}
