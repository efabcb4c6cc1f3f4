import Foundation
import TestSupport
import Testing

/// `martlet exec` around real services, through the real binary, to a strict Loki.
@Suite struct ExecTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    private static func loki(_ martlet: MartletBinary, _ server: LokiContractServer) throws -> String {
        try martlet.configure("outputs: {loki: {url: \"\(server.url)\"}}\n")
    }

    private static func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test(
        "A real nginx is wrapped: every request arrives once and redacted, and SIGQUIT lets it end by itself",
        .enabled(if: Program.areThere("nginx", "curl"), "needs nginx and curl")
    )
    func realNginx() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let folder = martlet.folder
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }
        try Self.write(
            """
            daemon off; worker_processes 2; pid \(folder)/nginx.pid; error_log stderr notice;
            events {}
            http {
                \(temporary.joined(separator: " "))
                log_format json escape=json '{"method":"$request_method","path":"$request_uri","status":$status,'
                    '"request_time":$request_time,"request_id":"$request_id"}';
                access_log /dev/stdout json;
                server { listen unix:\(folder)/http.sock; root \(folder); location /ok { return 200 "fine"; } }
            }
            """,
            to: folder + "/nginx.conf"
        )
        let service = try martlet.start(
            ["exec", "-c", try Self.loki(martlet, loki), "--", "nginx", "-e", "stderr", "-c", folder + "/nginx.conf"]
        )
        #expect(await eventually { access(folder + "/http.sock", F_OK) == 0 })
        let requests = """
            for path in $(seq 1 60); do
                curl -s --unix-socket \(folder)/http.sock "http://shop/ok?n=$path&mail=bob@example-mail.org" >/dev/null
            done
            curl -s --unix-socket \(folder)/http.sock http://shop/missing >/dev/null
            """
        #expect(try await RunningCommand.run(["sh", "-c", requests]).status == 0)
        let isThere = { loki.entries(of: "stdout").count >= 61 }
        #expect(await eventually(isThere))
        kill(service.pid, SIGQUIT)
        let end = service.wait()
        #expect(end.status == 0, "\(end.output)")

        let served = loki.entries(of: "stdout").map(\.line)
        #expect(served.count == 61 && loki.complaints == [])
        for number in 1...60 { #expect(served.count { $0.contains("?n=\(number)&mail=[REDACTED:email]\"") } == 1) }
        #expect(loki.entries(of: "stderr").contains { $0.line.contains("\(folder)/missing\" failed (2: No such file") })
        #expect(loki.entries(of: "stderr").contains { $0.line.contains("gracefully shutting down") })
        #expect(loki.streams().keys.allSatisfy { $0["service_name"] == "nginx" })
        #expect(end.output.contains("?n=60&mail=[REDACTED:email]\"") && !end.output.contains("bob@"))
    }

    @Test(
        "A real Python service keeps its signals, its traceback arrives, and its status is Martlet's",
        .enabled(if: Program.areThere("python3"), "needs python3")
    )
    func realPython() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        try Self.write(
            """
            import json, logging, signal, sys, time
            class JSON(logging.Formatter):
                def format(self, record):
                    return json.dumps({"level": record.levelname.lower(), "message": record.getMessage()})
            handler = logging.StreamHandler(sys.stdout)
            handler.setFormatter(JSON())
            logging.basicConfig(level=logging.INFO, handlers=[handler])
            def stop(number, frame):
                logging.warning("stopping, card 4111 1111 1111 1111")
                sys.exit(7)
            signal.signal(signal.SIGTERM, stop)
            for n in range(100):
                logging.info("order %d of alice@example-mail.org", n)
            try:
                {}["price"]
            except KeyError:
                logging.getLogger().handlers[0].flush()
                import traceback; traceback.print_exc()
            while True:
                time.sleep(60)
            """,
            to: martlet.folder + "/shop.py"
        )
        let service = try martlet.start(
            [
                "exec", "-c", try Self.loki(martlet, loki), "--service", "shop", "--raw", "--", "python3",
                martlet.folder + "/shop.py",
            ]
        )
        // The traceback is one record.
        #expect(await eventually { loki.storedCount >= 101 })
        kill(service.pid, SIGTERM)
        let end = service.wait()
        #expect(end.status == 7, "\(end.output)")

        let lines = loki.entries(of: "stdout").map(\.line)
        #expect(
            lines.prefix(100)
                == (0..<100).map { "{\"level\": \"info\", \"message\": \"order \($0) of [REDACTED:email]\"}" }[...]
        )
        #expect(lines.last == "{\"level\": \"warning\", \"message\": \"stopping, card [REDACTED:card]\"}")
        let traces = loki.entries(of: "stderr").map(\.line)
        #expect(traces.count == 1 && traces[0].hasPrefix("Traceback (most") && traces[0].contains("KeyError: 'price'"))
        #expect(loki.streams().keys.allSatisfy { $0["service_name"] == "shop" })
        // As it was written, for whoever reads the container's own log.
        #expect(end.output.contains("order 99 of alice@example-mail.org"))
    }

    @Test("When Martlet is killed the service keeps a reader and writes on, to its end")
    func killedMartlet() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let go = martlet.folder + "/go"
        let script = """
            echo ready; while [ ! -e \(go) ]; do sleep 0.05; done
            seq 1 400000 && echo "all written"; exec > /dev/null; echo $? > \(martlet.folder)/status
            """
        let file = try martlet.configure("")
        let service = try martlet.start(["exec", "-c", file, "--raw", "--", "sh", "-c", script])
        // The service, and the keeper that is to take over.
        #expect(await eventually { Program.children(of: service.pid).count == 2 })
        kill(service.pid, SIGKILL)
        try Self.write("", to: go)
        let end = service.wait()
        #expect(end.status == 128 + SIGKILL)
        #expect(await eventually { access(martlet.folder + "/status", F_OK) == 0 })
        #expect(end.output.hasSuffix("399999\n400000\nall written\n"))
    }

    @Test("With an output that is down the service never waits, and its status comes within the time for shutdown")
    func outputIsDown() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        // Nobody listens there. More than memory and spool hold: the oldest lines have to go.
        let file = try martlet.configure(
            "outputs: {loki: {url: \"http://127.0.0.1:9\"}}\ndelivery: {batch: {bytes: 64KiB}, spool: {bytes: 1MiB}}\n"
        )
        let took = martlet.folder + "/took"
        let script = """
            start=$(date +%s); head -c 80000000 /dev/zero | tr '\\0' x | fold -w 400
            echo $(($(date +%s) - start)) > \(took); exit 5
            """
        let start = ContinuousClock.now
        let errors = martlet.folder + "/errors"
        let quiet = "exec \"$0\" \"$@\" > /dev/null 2> '\(errors)'"
        let result = try await RunningCommand.run(
            ["sh", "-c", quiet, MartletBinary.path, "exec", "-c", file, "--", "sh", "-c", script]
        )
        #expect(result.status == 5)
        let said = try String(contentsOfFile: errors, encoding: .utf8)
        #expect(said.contains("queue_full") && said.contains("connection refused"), "\(said)")
        #expect(ContinuousClock.now - start < .seconds(60), "shutdown_timeout is 5 seconds")
        let seconds = Int(try String(contentsOfFile: took, encoding: .utf8).filter(\.isNumber)) ?? .max
        #expect(seconds < 45, "the service took \(seconds) seconds for what takes one")
    }

    @Test("The service inherits stdin, stdout and stderr and nothing else of Martlet's")
    func descriptors() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try Self.loki(martlet, loki)
        let result = try await martlet.run(["exec", "-c", file, "--", "ls", "/proc/self/fd"])
        // 3 is what ls itself reads.
        #expect(result.status == 0)
        #expect(loki.entries(of: "stdout").map(\.line).sorted() == ["0", "1", "2", "3"])
    }

    @Test("What cannot be run has a shell's status, and nothing is started under a wrong configuration")
    func refusals() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("")
        let missing = try await martlet.run(["exec", "-c", file, "--", "/no/such/program"])
        #expect(missing.status == 127 && missing.output.contains("/no/such/program: not found"))
        #expect(try await martlet.run(["exec", "-c", file, "--", "/etc/passwd"]).status == 126)
        #expect(try await martlet.run(["exec", "-c", file]).status == 64)
        #expect(try await martlet.run(["exec", "-c", file, "--", "sh", "-c", "kill -9 $$"]).status == 137)
        let wrong = try martlet.configure("inputs: {docke: {}}\n")
        let refused = try await martlet.run(["exec", "-c", wrong, "--", "touch", martlet.folder + "/started"])
        #expect(refused.status == 78 && access(martlet.folder + "/started", F_OK) != 0)
    }
}

extension LokiContractServer {
    /// What is stored of one output stream, by time.
    fileprivate func entries(of stream: String) -> [LokiContractEntry] {
        streams().flatMap(\.value).filter { $0.metadata["stream"] == stream }.sorted { $0.time < $1.time }
    }
}
