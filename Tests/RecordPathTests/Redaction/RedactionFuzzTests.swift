import CScan
import RecordPath
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite struct RedactionFuzzTests {
    /// Lines for each seed; `MARTLET_FUZZ_ROUNDS` asks for more, `MARTLET_FUZZ_SEED` for others.
    private static let rounds = number("MARTLET_FUZZ_ROUNDS") ?? 1_500
    private static let firstSeed = number("MARTLET_FUZZ_SEED") ?? 0

    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    @Test(arguments: firstSeed..<firstSeed + 4)
    func `JSON stays valid, a second pass changes nothing, and no kernel sees less than the naive one`(seed: Int) {
        var lines = HostileLines(seed: UInt64(seed) &* 0x9E37_79B9 + 1)
        var redactor = TestRedactor()
        var plain = TestRedactor(kernel: MARTLET_KERNEL_SCALAR)
        var naive = TestRedactor(looksEverywhere: true)
        for round in 0..<Self.rounds {
            let line = lines.next()
            let redacted = redactor.redact(line)
            var faults: [String] = []
            if plain.redact(line) != redacted { faults.append("another kernel: " + shown(plain.redact(line))) }
            if naive.redact(line) != redacted { faults.append("the naive one: " + shown(naive.redact(line))) }
            if let redacted, redacted != line {
                if line.first == 0x7B || line.first == 0x5B, StrictJSON.isValid(line), !StrictJSON.isValid(redacted) {
                    faults.append("no longer JSON")
                }
                let again = redactor.redact(redacted)
                if again != redacted { faults.append("second pass: " + shown(again)) }
            }
            #expect(
                faults.isEmpty,
                "seed \(seed), round \(round)\n  line: \(shown(line))\n  redacted: \(shown(redacted))\n  \(faults.joined(separator: "\n  "))"
            )
            if !faults.isEmpty { return }
        }
    }

    private func shown(_ line: [UInt8]?) -> String { line.map { String(decoding: $0, as: UTF8.self) } ?? "nothing" }

    /// Lines on which ten million executions of seed 0 stumbled.
    @Test(arguments: [
        #"{"user":"[pscale_tkn_gaMOhUpYbjJAs-jEhHfmKEJHOtJU-sRmwgYkGlGrNRw], 11010519491231002X, [x]"}"#,
        #"{"cookie":"Basic dXNlcjpwYX\u004ezd29yZA==L\u0054\u0041ILuser=bobkey:"}"#,
        #"{"token":{"cookie":"\u007b\"pass\\\"word\":false,\"x-api-key\":\"a=pat-na1\u0026\u0062=1\"}"}}"#,
        #"{"password":{"b":{"cookie":"\u007b\"a\":\"b={SS\\u0048A}gaMOh&b=1\" , \"cook\u0069e\":\"using (sgp_0ace) now\"}"}}}"#,
        #"{"m":"a\tbob@example.com","email":"Basic YWxhZGRpbjpvcGVuLXNlc2FtZQ== now=rubygems_version=131052-308T"}"#,
        #"{"cookie":{"a":"\u007b\"password\":\"a=SSWS 00gaMOhUpYbjJAs&b\\u003d1, é\",\"a\":\"cmVmdYka0, \\u0074hen\"}"}}"#,
        #"{"cookie":"\u007b\"id\":\"{\\\"x-api-key\\\":\\\"user=bo\u0062=\u0041KCp8=key:=39\\\"}\",\"token\":\"a=dp.pt.Yka0Jk&b=1\"}"}"#,
    ])
    func `What fuzzing found once stays mended`(line: String) {
        var redactor = TestRedactor()
        let redacted = redactor.redact(Array(line.utf8)) ?? []
        #expect(redacted != Array(line.utf8))
        #expect(StrictJSON.isValid(redacted), "\(shown(redacted))")
        #expect(redactor.redact(redacted) == redacted)
    }

    @Test func `A token longer than the known ones goes to its end`() {
        var redactor = TestRedactor()
        let token = SampleText.expand("glc_{a98}")
        #expect(redactor.redact("key \(token) end") == "key [REDACTED:grafana-cloud-token] end")
    }

    @Test(arguments: [
        "a", "1", "@", "\"", "\\", "=", ":", "-", "eyJ", "{", "[", "password=", "ghp_", "sk_live_x", "-eyJ", "a@a.",
        "://a:b@", "%40", "BEGIN ", "+49", "k\":", "'", "\\\"", "<password>", " --p ", "4111-",
    ])
    func `A long line of one repeated text takes time in proportion to its length`(text: String) {
        var redactor = TestRedactor()
        let short = Array(String(repeating: text, count: (64 << 10) / text.utf8.count).utf8)
        let long = Array(String(repeating: text, count: (1 << 20) / text.utf8.count).utf8)
        _ = redactor.redact(short, format: .text)
        let first = cpuMilliseconds { _ = redactor.redact(short, format: .text) }
        let second = cpuMilliseconds { _ = redactor.redact(long, format: .text) }
        // Sixteen times the bytes; a quadratic scan would take 256 times as long.
        #expect(second < first * 80 + 200, "\(text): \(first) ms and \(second) ms")
    }

    /// CPU time of this thread: others do not count.
    private func cpuMilliseconds(_ body: () -> Void) -> Double {
        var start = timespec()
        var end = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
        body()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
        return Double(end.tv_sec - start.tv_sec) * 1000 + Double(end.tv_nsec - start.tv_nsec) / 1e6
    }

    @Test func `Lines of any length are scanned to their last byte`() {
        var redactor = TestRedactor()
        for length in 0..<200 {
            let line = String(repeating: "x", count: length) + " AKIAQ3EGRZ5DCKHW7BXT"
            #expect(redactor.redact(line)?.hasSuffix(" [REDACTED:aws-access-key]") == true)
        }
    }

    @Test func `What is behind the limit of a line is masked and counted`() {
        var redactor = TestRedactor()
        let line = String(repeating: "x ", count: Redactor.scanLimit / 2) + " and what not"
        let redacted = redactor.redact(line)
        #expect(redacted?.hasSuffix("[REDACTED:unscanned]") == true)
        #expect(redactor.counts.keys.contains("unscanned"))
    }
}
