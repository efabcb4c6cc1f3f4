import Glibc
import Inputs
import Synchronization
import TestSupport
import Testing

/// All inputs keep the contract.
@Suite("The contract of inputs is kept by") struct InputContractTests {
    @Test("files") func files() async throws {
        let folder = try TestFolder()
        try await InputContract(
            makeInput: { following([folder.file("*.log")], format: .lines, usesInotify: true, maxOpen: 8) },
            write: { try folder.append($0.map { $0 + "\n" }.joined(), to: "a.log") }
        ).hold()
    }

    @Test("standard input") func standardInput() async throws {
        let pipe = try StdinInputTests.Pipe()
        try await InputContract(
            makeInput: { StdinInput(descriptor: pipe.reading) },
            write: { try pipe.put($0.map { $0 + "\n" }.joined()) },
            hasPosition: false
        ).hold()
        close(pipe.writing)
    }

    @Test("a service of our own") func service() async throws {
        let folder = try TestFolder()
        try #require(mkfifo(folder.file("lines"), 0o600) == 0)
        // Open for both, so that the service's reading never ends by itself.
        let writing = open(folder.file("lines"), O_RDWR | O_CLOEXEC)
        defer { close(writing) }
        let session = try ExecSession(command: ["/bin/cat", folder.file("lines")])
        try await InputContract(
            makeInput: { ExecInput(session: session, options: ExecOptions()) },
            write: { lines in
                let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
                try #require(Glibc.write(writing, bytes, bytes.count) == bytes.count)
            },
            hasPosition: false
        ).hold()
        session.forward(SIGKILL)
        #expect(session.wait() == .killed(signal: SIGKILL))
    }

    @Test("the journal", .enabled(if: JournalFiles.isAvailable, JournalFiles.canWrite))
    func journal() async throws {
        let files = try JournalFiles()
        let written = Mutex(0)
        // A journal that is there from the start: the reader looks for folders once in a while only.
        try files.append([JournalFiles.Entry(bytes: nil)], from: 0)
        try await InputContract(
            makeInput: { JournalInput(options: files.options, environment: files.environment) },
            write: { lines in
                let from = written.withLock { count in
                    defer { count += lines.count }
                    return count + 1
                }
                try files.append(lines.map { JournalFiles.Entry($0) }, from: from)
            }
        ).hold()
    }

    @Test("containers", .enabled("dockerd cannot run here") { await RealEngine.isAvailable })
    func containers() async throws {
        let engine = try #require(await RealEngine.shared)
        try await engine.run("contract", script: "sleep 600")
        try await InputContract(
            makeInput: {
                DockerInput(
                    options: DockerOptions(
                        socket: .unix(path: engine.socket),
                        include: [ContainerPattern(name: Glob("contract"))]
                    ),
                    own: .none
                )
            },
            write: { lines in
                let text = lines.map { "echo '\($0)'" }.joined(separator: "; ")
                try await engine.docker("exec", "contract", "sh", "-c", "{ \(text); } > /proc/1/fd/1")
            }
        ).hold()
        try await engine.docker("rm", "-f", "contract")
    }
}
