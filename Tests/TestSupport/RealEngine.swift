internal import Inputs

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A real dockerd in a directory of its own, for tests.
///
/// A shell watches over it: when this process ends, however it ends, the shell's stdin closes, and it stops the
/// engine and removes the directory. `Sendable`: nothing changes after `init`.
package final class RealEngine: Sendable {
    /// Why there is no engine.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    /// The image that every engine has: busybox.
    package static let image = "busybox:test"
    private static let start = Task { () -> RealEngine? in
        guard canRun else { return nil }
        do { return try await make() } catch {
            print("no Docker Engine for tests: \(error)")
            return nil
        }
    }

    /// One engine for all tests of this process, started by the first one that asks; nil where none can run.
    package static var shared: RealEngine? { get async { await start.value } }

    /// Whether tests with an engine can run here.
    package static var isAvailable: Bool { get async { await shared != nil } }

    private static var canRun: Bool {
        getuid() == 0 && access("/usr/sbin/dockerd", X_OK) == 0 && access("/usr/bin/docker", X_OK) == 0
            && access("/bin/busybox", X_OK) == 0
    }

    /// The socket's path.
    package let socket: String
    private let directory: String
    private let keeper: RunningCommand
    /// The journal that its journald driver writes; nil without one.
    package let journal: String?

    /// In a file system of its own, so that this journald meets no other: the driver writes to the machine's own.
    private static let journalScript = """
        set -e
        mount -t tmpfs tmpfs /run/log; mkdir -p /run/log/journal
        mount -t tmpfs tmpfs /run/systemd; mkdir -p /run/systemd/journal
        [ ! -d /var/log/journal ] || mount -t tmpfs tmpfs /var/log
        /lib/systemd/systemd-journald >/dev/null 2>&1 & journald=$!
        while [ ! -S /run/systemd/journal/socket ]; do kill -0 $journald; sleep 0.05; done
        set +e

        """

    private static let keeperScript = """
        directory=$1; shift
        start() { dockerd "$@" >>"$directory/log" 2>&1 & pid=$!; }
        start "$@"
        while read -r word; do
            case $word in
                stop) kill -TERM $pid; wait $pid ;;
                kill) kill -KILL $pid; wait $pid ;;
                start) start "$@" ;;
            esac
            echo "$word" >>"$directory/done"
        done
        ids=$(docker -H "unix://$directory/docker.sock" ps -aq)
        [ -z "$ids" ] || docker -H "unix://$directory/docker.sock" rm -f $ids
        kill -TERM $pid; wait $pid
        [ -z "$journald" ] || kill -TERM $journald
        grep " $directory/" /proc/self/mountinfo | cut -d' ' -f5 | sort -r | while read -r mount; do umount -l "$mount"; done
        rm -rf "$directory"
        """

    /// Starts an engine and gives it its image.
    ///
    /// With `liveRestore` its containers outlive it; with `hasJournal` its journald driver has a journald of its own.
    package static func make(liveRestore: Bool = false, hasJournal: Bool = false) async throws -> RealEngine {
        try await BlockingWork.run { try RealEngine(liveRestore: liveRestore, hasJournal: hasJournal) }
    }

    private init(liveRestore: Bool, hasJournal: Bool) throws {
        var template = Array("/tmp/martlet-engine-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "no directory in /tmp: errno \(errno)") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        socket = directory + "/docker.sock"
        let wrapper = hasJournal ? ["unshare", "-m", "--propagation", "private"] : []
        let script = (hasJournal ? Self.journalScript : "") + Self.keeperScript
        let arguments =
            wrapper + [
                "sh", "-c", script, "sh", directory, "--iptables=false", "--bridge=none",
                "--storage-driver=vfs", "--data-root", directory + "/data", "--exec-root", directory + "/exec",
                "--pidfile", directory + "/pid", "-H", "unix://" + socket,
            ]
        keeper = try RunningCommand(arguments + (liveRestore ? ["--live-restore"] : []))
        journal = hasJournal ? "/proc/\(keeper.pid)/root/run/log/journal" : nil
        try waitUntilUp()
        try makeImage()
    }

    /// Tells the keeper to `stop`, `kill` or `start` the engine, and waits until that is done.
    package func tell(_ word: String) async throws {
        try await BlockingWork.run { [self] in
            let before = count(word)
            keeper.tell(word)
            for _ in 0..<3_000 where count(word) == before { usleep(10_000) }
            guard count(word) > before else { throw Failure(description: "the engine does not \(word)") }
            if word == "start" { try waitUntilUp() }
        }
    }

    /// Runs `docker` with these arguments; its output without the last newline.
    @discardableResult
    package func docker(_ arguments: String...) async throws -> String {
        let result = try await RunningCommand.run(["docker", "-H", "unix://" + socket] + arguments)
        guard result.status == 0 else {
            throw Failure(description: "docker \(arguments): \(result.status) \(result.output)")
        }
        return String(result.output.reversed().drop { $0 == "\n" }.reversed())
    }

    /// Starts a container that runs a shell script; its full id.
    @discardableResult
    package func run(_ name: String, _ options: [String] = [], script: String) async throws -> String {
        let arguments =
            ["docker", "-H", "unix://" + socket, "run", "-d", "--network", "none", "--stop-signal", "KILL"]
            + ["--name", name] + options + [Self.image, "sh", "-c", script]
        let result = try await RunningCommand.run(arguments)
        let id = result.output.split(separator: "\n").last.map { String($0) } ?? ""
        guard result.status == 0, EngineClient.isID(id) else {
            throw Failure(description: "docker run: \(result.output)")
        }
        return id
    }

    private func waitUntilUp() throws {
        for _ in 0..<600 {
            var client = EngineClient(.unix(path: socket), stop: StopSignal())
            if (try? client.negotiate()) != nil, (try? client.containers()) != nil { return }
            usleep(50_000)
        }
        let log = try RunningCommand(["tail", "-n", "5", directory + "/log"]).wait().output
        throw Failure(description: "dockerd does not come up: \(log)")
    }

    private func makeImage() throws {
        let script = """
            set -e
            mkdir -p "$1/root/bin" "$1/root/tmp"
            cp /bin/busybox "$1/root/bin/"
            for name in sh echo cat head tr sleep seq printf yes true; do ln -sf busybox "$1/root/bin/$name"; done
            tar -C "$1/root" -c . | docker -H "unix://$1/docker.sock" import - "$2"
            """
        let result = try RunningCommand(["sh", "-c", script, "sh", directory, Self.image]).wait()
        guard result.status == 0 else { throw Failure(description: "no image: \(result.output)") }
    }

    private func count(_ word: String) -> Int {
        let text = (try? RunningCommand(["cat", directory + "/done"]).wait().output) ?? ""
        return text.split(separator: "\n").count { $0 == word }
    }
}
