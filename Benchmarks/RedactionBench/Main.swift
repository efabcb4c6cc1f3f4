import RE2Set
import RecordPath

/// `make bench`: what redaction finds, what it costs, and RE2::Set on the same lines.
///
/// `RedactionBench --misses` shows each line of the corpus that was missed or changed for nothing; for a profiler,
/// `--mixture` runs the mixture of formats alone, `--sensitive` the JSON lines that are all edited, and `--repeated TEXT`
/// the MiB of one text.
@main
enum RedactionBench {
    static func main() {
        let isVerbose = CommandLine.arguments.contains("--misses")
        if CommandLine.arguments.contains("--mixture") { return profile(.mixture(count: 20_000)) }
        if CommandLine.arguments.contains("--sensitive") {
            return profile(.service(sensitivePercent: 100, count: 20_000))
        }
        if let at = CommandLine.arguments.firstIndex(of: "--repeated"), at + 1 < CommandLine.arguments.count {
            return profile(.repeated(CommandLine.arguments[at + 1]))
        }
        RecallReport.print(isVerbose: isVerbose)
        if isVerbose { return }
        let all = Measured.policy(isOn: true)
        let none = Measured.policy(isOn: false)
        print(
            "\nMB/s per CPU second, one thread, every detector and key rule on, kernel, parser and rewriting included"
        )
        let workloads =
            [2, 8, 100].map { Lines.service(sensitivePercent: $0, count: 20_000) } + [.mixture(count: 20_000)]
        let set = expressions()
        for lines in workloads { report(lines, all, set) }
        print("\nthe same with what is on by default")
        let standard = RedactionPolicy()
        for lines in workloads {
            print("  \(padded(lines.name)) \(Int(Measured.redaction(lines, standard, runs: 5).rate)) MB/s")
        }
        print("\n1 MiB lines")
        for text in ["a", "1", "@", " ", "\"", "\\", "=", ":", "-", "eyJ"] {
            let lines = Lines.repeated(text)
            let ours = Measured.redaction(lines, all, runs: 3).rate
            print("  \(padded(lines.name)) \(Int(ours)) MB/s")
        }
        print("\nthe record path into Loki protobuf, MB/s with nothing on and with everything on")
        for lines in workloads {
            let without = Measured.recordPath(lines, none, runs: 5)
            let with = Measured.recordPath(lines, all, runs: 5)
            print(
                "  \(padded(lines.name)) \(Int(without)), \(Int(with)): \(Int((1 - with / without) * 100)) % of the throughput"
            )
        }
        re2_set_free(set)
    }

    /// One workload over and over: for a profiler.
    private static func profile(_ lines: Lines) {
        print("\(Int(Measured.redaction(lines, Measured.policy(isOn: true), runs: 100).rate)) MB/s")
    }

    private static func report(_ lines: Lines, _ policy: RedactionPolicy, _ set: OpaquePointer?) {
        let parsing = Measured.parsing(lines, policy, runs: 5)
        let (rate, allocations) = Measured.redaction(lines, policy, runs: 5)
        // Redaction by itself: what it adds to the time of kernel and parser.
        let alone = 1 / max(1 / rate - 1 / parsing, 1e-9)
        let theirs = Measured.expressions(lines, set, runs: 1)
        print(
            "  \(padded(lines.name)) \(Int(rate)) MB/s (kernel and parser alone \(Int(parsing)), redaction alone \(Int(alone))), "
                + "\((allocations * 1000).rounded() / 1000) allocations a line; RE2::Set, finding only: \(Int(theirs)) MB/s"
        )
    }

    /// The catalogue's tokens and the usual expressions for people's data, as one set.
    private static func expressions() -> OpaquePointer? {
        let people = [
            #"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"#, #"\b(?:\d[ -]?){12,18}\d\b"#, #"\b\d{3}-\d{2}-\d{4}\b"#,
            #"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b"#, #"\+\d[\d ().-]{7,16}\d"#, #"\b\d{1,3}(?:\.\d{1,3}){3}\b"#,
            #"\b(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b"#, #"[a-z][a-z0-9+.-]*://[^/\s:@]*:[^/\s:@]+@"#,
            #"(?i)(?:password|passwd|secret|token|api_?key|authorization)["']?\s*[:=]\s*["']?[^\s"',;&]+"#,
            #"eyJ[A-Za-z0-9_-]{14,}\.[A-Za-z0-9_-]+"#, #"-----BEGIN [A-Z ]*PRIVATE KEY"#,
        ]
        let set = re2_set_make()
        var added = 0
        for pattern in Detector.regularExpressions + people {
            let bytes = Array(pattern.utf8).map { CChar(bitPattern: $0) }
            if re2_set_add(set, bytes, bytes.count) { added += 1 }
        }
        print("RE2::Set of \(added) patterns \(re2_set_compile(set) ? "compiled" : "does not compile")")
        return set
    }

    private static func padded(_ name: String) -> String {
        name + String(repeating: " ", count: max(1, 58 - name.count))
    }
}
