import Agent
import ArgumentParser
import Settings

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The command `martlet demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows the main job with nothing to set up: a small shop's logs, and this host's, live."
    )

    @Option(help: "End after so many seconds (default: on a terminal never, else 20).") var seconds: Int?
    @Option(help: "HOST:PORT of metrics and page (default: 127.0.0.1:14464).") var listen: String?
    @Option(help: "Folder for the demo's data (default: a temporary one, removed at the end).") var dataDir: String?

    func run() async throws {
        try await Failure.catching {
            let signals = StopSignals()
            let folder = try DemoFolder(dataDir)
            defer { folder.remove() }
            var configuration = AgentConfiguration.demo(dataDirectory: folder.path)
            if let listen { configuration.agent.listen = try Self.address(listen) }
            let demo = try Demo(configuration, seconds: seconds, log: SelfLog.quiet())
            signals.onStop { demo.requestStop() }
            try await demo.run()
            signals.end()
        }
    }

    private static func address(_ text: String) throws -> ListenAddress {
        guard let address = ListenAddress(parsing: text) else {
            throw Failure(
                code: .usage,
                message: "`--listen \(text)` is no address; write HOST:PORT such as 127.0.0.1:14465"
            )
        }
        return address
    }
}

/// The demo's data directory.
struct DemoFolder {
    let path: String
    private let isTemporary: Bool

    init(_ named: String?) throws {
        if let named {
            path = named
            isTemporary = false
            return
        }
        var template = Array("/tmp/martlet-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(code: .io, message: "cannot make a folder in /tmp: \(String(cString: strerror(errno)))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        isTemporary = true
    }

    /// Removes a temporary folder with all that the demo made in it.
    func remove() { if isTemporary { Self.remove(path, levels: 2) } }

    private static func remove(_ path: String, levels: Int) {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let isFolder = unlink(path + "/" + name) != 0 && errno == EISDIR
            if isFolder, levels > 1 { remove(path + "/" + name, levels: levels - 1) }
        }
        closedir(folder)
        rmdir(path)
    }
}
