import RecordPath
import Testing

@Suite struct MultilineJoinerTests {
    /// Performs a joiner's steps as its owner would.
    static func records(
        _ lines: [String],
        limits: MultilineJoiner.Limits = .init(),
        starts: ((String) -> Bool)? = nil
    ) -> [String] {
        var joiner = MultilineJoiner(limits: limits)
        var records: [String] = []
        var open: String?
        for (index, line) in lines.enumerated() {
            let step = withExactBytes(line) {
                joiner.take($0, $1, now: Int64(index), startsRecord: starts.map { $0(line) })
            }
            if step.closesOpen, let text = open {
                records.append(text)
                open = nil
            }
            switch step.action {
            case .emit: records.append(line)
            case .open: open = line
            case .append: open = open.map { $0 + "\n" + line }
            case .appendAndClose:
                records.append((open ?? "") + "\n" + line)
                open = nil
            }
        }
        if joiner.close(), let text = open { records.append(text) }
        return records
    }

    struct Trace: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var testDescription: String { name }
    }

    static let traces = [
        Trace(
            name: "logback with a cause",
            text: """
                2023-06-15 11:59:58.123 [main] ERROR c.e.App - failed
                java.lang.IllegalStateException: no cart
                \tat com.example.App.main(App.java:12) ~[app.jar:?]
                \tat java.base/java.lang.Thread.run(Thread.java:840)
                Caused by: java.io.IOException: disk
                \tat com.example.Disk.read(Disk.java:3)
                \t... 7 common frames omitted
                \tSuppressed: java.lang.RuntimeException: x
                \t\tat com.example.X.y(X.java:1)
                """
        ),
        Trace(
            name: "an uncaught Java exception",
            text: """
                Exception in thread "main" java.lang.RuntimeException: boom
                \tat Main.main(Main.java:5)
                """
        ),
        Trace(
            name: "java.util.logging",
            text: """
                Jun 15, 2023 11:59:58 AM com.example.Main main
                SEVERE: failed
                java.lang.RuntimeException: boom
                \tat Main.main(Main.java:5)
                """
        ),
        Trace(
            name: "Python with a chain",
            text: """
                ERROR:root:failed
                Traceback (most recent call last):
                  File "a.py", line 3, in f
                    return 1 / 0
                           ~~^~~
                ZeroDivisionError: division by zero

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "a.py", line 5, in <module>
                    raise shop.errors.CartError("x") from None
                shop.errors.CartError: x
                """
        ),
        Trace(
            name: "a Go panic",
            text: """
                panic: runtime error: index out of range [5] with length 3 [recovered]
                \tpanic: again
                [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48f0a6]

                goroutine 1 [running]:
                main.handle({0xc000012120, 0x3}, 0x5)
                \t/app/main.go:12 +0x1d
                main.main()
                \t/app/main.go:7 +0x25

                goroutine 6 [chan receive]:
                net/http.(*conn).serve(0xc0000a2000, {0x6b1f58, 0xc0000b4000})
                \t/usr/lib/go/src/net/http/server.go:1930 +0xb08
                created by net/http.(*Server).Serve in goroutine 1
                \t/usr/lib/go/src/net/http/server.go:3086 +0x4ed
                exit status 2
                """
        ),
        Trace(
            name: "a Go server that recovers",
            text: """
                2023/06/15 11:59:58 http: panic serving 127.0.0.1:5000: boom
                goroutine 6 [running]:
                net/http.(*conn).serve.func1()
                \t/usr/lib/go/src/net/http/server.go:1868 +0xb9
                """
        ),
        Trace(
            name: "Ruby",
            text: """
                E, [2023-06-15T11:59:58.123456 #1] ERROR -- : boom (RuntimeError)
                app.rb:3:in `cart'
                app.rb:7:in `<main>'
                """
        ),
        Trace(
            name: "an uncaught Ruby error",
            text: """
                app.rb:3:in `cart': boom (RuntimeError)
                \tfrom app.rb:7:in `block in <main>'
                \tfrom app.rb:6:in `each'
                """
        ),
        Trace(
            name: "an uncaught Node error",
            text: """
                /app/index.js:3
                  throw new TypeError('x');
                  ^

                TypeError: x
                    at cart (/app/index.js:3:9)
                    at Object.<anonymous> (/app/index.js:5:1) {
                  code: 'E_CART'
                }

                Node.js v20.20.2
                """
        ),
        Trace(
            name: "an error on Node's console",
            text: """
                Error: boom
                    at cart (/app/index.js:3:9)
                    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
                  [cause]: Error: disk
                      at disk (/app/index.js:1:1)
                }
                """
        ),
        Trace(
            name: ".NET",
            text: """
                Unhandled exception. System.InvalidOperationException: no cart
                 ---> System.IO.IOException: disk
                   at Shop.Disk.Read() in /src/Disk.cs:line 3
                   --- End of inner exception stack trace ---
                   at Shop.Program.Main(String[] args) in /src/Program.cs:line 7
                """
        ),
        Trace(
            name: ".NET's console",
            text: """
                fail: Shop.Cart[0]
                      An unhandled exception has occurred while executing the request.
                      System.InvalidOperationException: no cart
                         at Shop.Cart.Get() in /src/Cart.cs:line 3
                """
        ),
        Trace(
            name: "PHP",
            text: """
                [15-Jun-2023 11:59:58 UTC] PHP Fatal error:  Uncaught Exception: x in /a.php:3
                Stack trace:
                #0 /a.php(7): f()
                #1 {main}
                  thrown in /a.php on line 3
                """
        ),
        Trace(
            name: "Rust",
            text: """
                thread 'main' panicked at src/main.rs:2:5:
                index out of bounds: the len is 3 but the index is 5
                stack backtrace:
                   0: rust_begin_unwind
                             at /rustc/90b35a/library/std/src/panicking.rs:597:5
                note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
                """
        ),
        Trace(
            name: "printed JSON",
            text: """
                {
                  "level": "error",
                  "text": "a } in \\"quotes\\" {",
                  "list": [
                    1,
                    {
                      "x": {}
                    }
                  ]
                }
                """
        ),
        Trace(
            name: "a PostgreSQL statement",
            text: """
                2023-06-15 11:59:58.123 UTC [1] STATEMENT:  SELECT *
                \tFROM carts
                \tWHERE id = 1
                """
        ),
    ]

    @Test(arguments: traces) func aTraceIsOneRecord(trace: Trace) {
        let lines = trace.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(Self.records(lines) == [trace.text])
    }

    @Test(arguments: traces) func whatStandsAroundATraceStaysApart(trace: Trace) {
        let lines = trace.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let around = ["2023-06-15 11:59:57 INFO before", "{\"level\":\"info\"}"]
        let behind = ["{\"msg\":\"x\"}", "2023-06-15 11:59:59 INFO behind"]
        #expect(Self.records(around + lines + behind) == around + [trace.text] + behind)
        for next in ["2023-06-15 11:59:59 INFO behind", "I0615 11:59:58.000042       1 a.go:1] x", "[info] next"] {
            #expect(Self.records(lines + [next]) == [trace.text, next], "\(next)")
        }
    }

    @Test func tracesThatFollowEachOtherStayApart() {
        let texts = Self.traces.map(\.text)
        let lines = texts.flatMap {
            ["INFO: next"] + $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        let separated = Self.records(lines + ["INFO: end"]).filter { !$0.hasPrefix("INFO: ") }
        for (found, expected) in zip(separated, texts) { #expect(found == expected) }
        #expect(separated.count == texts.count)
    }

    @Test(arguments: [
        ["one", "two", "three"], ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"], ["", "", "x", ""],
        ["2023-06-15 11:59:58 INFO a", "Error rates are fine", "  indented", "Exceptions: none"],
        ["listening", "Error: x", "Error: y"], ["{", "not json", "}"], ["[", "x"], ["{ a", "b }"],
        ["a.b.c", "d.e.f: g", "at home", "from here", "Caused a stir"], ["{\"a\":1", "{\"b\":2}"],
    ]) func ordinaryLinesAreRecordsOfTheirOwn(lines: [String]) {
        #expect(Self.records(lines) == lines)
    }

    @Test func aRecordIsCutAtItsLimits() {
        let frames = (0..<10).map { "\tat a.B.c(B.java:\($0))" }
        let byLines = Self.records(["Exception in thread \"x\" a.BError"] + frames, limits: .init(lines: 4))
        #expect(byLines.map { $0.split(separator: "\n").count } == [4, 4, 3])
        let byBytes = Self.records(["Exception in thread \"x\" a.BError"] + frames, limits: .init(bytes: 80))
        #expect(byBytes.allSatisfy { $0.utf8.count < 80 } && byBytes.count > 2)
        #expect(byBytes.joined(separator: "\n").split(separator: "\n").count == 11)
    }

    @Test func anOpenRecordIsClosedInTime() {
        var joiner = MultilineJoiner(limits: .init(timeout: 100))
        let first = withExactBytes("2023-06-15 11:59:58 ERROR x") { joiner.take($0, $1, now: 1000) }
        #expect(first == .init(closesOpen: false, .open))
        #expect(joiner.isOpen)
        let expiries = [1099, 1100, 5000].map { joiner.expire(now: $0) }
        #expect(expiries == [false, true, false])
        #expect(!joiner.isOpen)
        // a continuation that comes too late is a record of its own
        let late = withExactBytes("\tat a.B.c(B.java:1)") { joiner.take($0, $1, now: 1200) }
        #expect(!late.closesOpen && late.action != .append)
        let tooLate = withExactBytes("\tat a.B.c(B.java:2)") { joiner.take($0, $1, now: 1300) }
        #expect(tooLate.closesOpen && tooLate.action != .append)
    }

    @Test func anOperatorsOwnPatternDecidesAlone() {
        let lines = ["# one", "two", "\tat x", "{\"a\":1}", "# three"]
        #expect(Self.records(lines) { $0.hasPrefix("#") } == ["# one\ntwo\n\tat x\n{\"a\":1}", "# three"])
    }

    @Test func everyLineIsInOneRecordInOrder() {
        var source = InputSource(seed: 91)
        let pool = Self.traces.flatMap {
            $0.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        for _ in 0..<3000 {
            let lines = (0..<source.below(40)).map { _ -> String in
                let line = pool[source.below(pool.count)]
                guard source.below(4) == 0 else { return line }
                let bytes = source.mutated(Array(line.utf8)).filter { $0 != 0x0A && $0 < 0x80 }
                return String(decoding: bytes, as: UTF8.self)
            }
            let limits = MultilineJoiner.Limits(bytes: 200 + source.below(2000), lines: 1 + source.below(30))
            let records = Self.records(lines, limits: limits)
            #expect(records.joined(separator: "\n") == lines.joined(separator: "\n"))
            for record in records {
                let count = record.split(separator: "\n", omittingEmptySubsequences: false).count
                #expect(count == 1 || (count <= limits.lines && record.utf8.count <= limits.bytes))
            }
        }
    }
}
