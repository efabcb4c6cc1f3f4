import Foundation
import TestSupport
import Testing

/// The built `martlet`, run as its users run it.
struct MartletBinary {
    /// A folder of this test's own.
    let folder: String

    /// Beside the test bundle, where SwiftPM puts it.
    static let path: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        let candidates = [
            URL(fileURLWithPath: bundle).deletingLastPathComponent(),
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../.build/release"),
        ]
        let paths = candidates.map { $0.appending(path: "martlet").path }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) } ?? paths[0]
    }()

    init() throws {
        folder = NSTemporaryDirectory() + "martlet-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Ends a test: what became of every record is checked, unless the test has broken the spool, and the folder goes.
    func remove(isSpoolBroken: Bool = false) {
        if !isSpoolBroken { checkConservation() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Recomputes from the disk that `read = shipped + dropped + in flight` for each output, where there was an agent.
    private func checkConservation() {
        let file = folder + "/martlet.yaml"
        let paths = [file, folder + "/data/spool/commit-a"]
        guard paths.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) else { return }
        // An agent that was told to end may still be at it.
        for _ in 0..<100 {
            guard let result = try? RunningCommand([Self.path, "spool", "verify", "-c", file]).wait() else { break }
            // A test may end with a configuration that is wrong on purpose.
            if result.status == 0 || result.status == 78 { return }
            guard result.status == 75 else {
                Issue.record("spool verify: \(result.status) \(result.output)")
                return
            }
            usleep(100_000)
        }
        Issue.record("spool verify: the agent does not end")
    }

    /// Writes a configuration with a data directory and, unless said otherwise, a port of its own; `agent` are more
    /// settings of its section.
    func configure(_ text: String, listen: String = "127.0.0.1:0", agent more: String? = nil) throws -> String {
        let file = folder + "/martlet.yaml"
        let settings = ["data_dir: \(folder)/data", "listen: \"\(listen)\"", "shutdown_timeout: 5s", more]
        let agent = "agent: {\(settings.compactMap { $0 }.joined(separator: ", "))}\n"
        try (agent + text).write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    /// Runs a command with bytes as its stdin, to its end.
    func run(_ arguments: [String], input: [UInt8] = []) async throws -> RunningCommand.Result {
        let file = folder + "/input"
        try Data(input).write(to: URL(fileURLWithPath: file))
        let script = "exec \"$0\" \"$@\" < '\(file)'"
        return try await RunningCommand.run(["sh", "-c", script, Self.path] + arguments)
    }

    /// Starts a command that goes on until it is told to stop.
    func start(_ arguments: [String]) throws -> RunningCommand { try RunningCommand([Self.path] + arguments) }

    /// The same, with its stderr in a file that can be read meanwhile.
    func start(_ arguments: [String], errors: String) throws -> RunningCommand {
        try RunningCommand(["sh", "-c", "exec \"$0\" \"$@\" 2> '\(errors)'", Self.path] + arguments)
    }
}

/// Waits until something is so, at most half a minute; looks twenty times a second.
func eventually(_ condition: () throws -> Bool) async rethrows -> Bool {
    for _ in 0..<600 {
        if try condition() { return true }
        try? await Task.sleep(for: .milliseconds(50))
    }
    return false
}
