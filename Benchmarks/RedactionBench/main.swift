import CScan
import RecordPath

// MB/s of CPU time through kernel and redactor, on JSON service lines of which some hold secrets, on a mixture of
// formats, and on long lines of one repeated text. The tape is made beforehand: parsing is measured elsewhere.

let arguments = CommandLine.arguments
let rounds = arguments.count > 1 ? Int(arguments[1]) ?? 20 : 20

var clock = CPUClock()
let policy = RedactionPolicy()
print("policy made in \(clock.lap() / 1_000_000) ms")

for share in [0, 2, 8, 100] {
    var bench = RedactionBench(policy, ServiceLines(sensitivePercent: share, count: 4000).lines)
    bench.run("JSON lines, \(share) % sensitive", rounds: rounds)
}
var mixture = RedactionBench(policy, MixedLines(count: 4000).lines, isJSON: false)
mixture.run("mixture of formats", rounds: rounds)

for text in ["a", "1", "@", "\"", "\\", "=", ":", "-", "eyJ"] {
    let line = Array(String(repeating: text, count: (1 << 20) / text.utf8.count).utf8)
    var bench = RedactionBench(policy, [BenchLine(bytes: line, fields: [])], isJSON: false)
    bench.run("1 MiB of \(text)", rounds: 3)
}
print("the kernel looks twice at \(policy.expectedHits * 100) % of the bytes of ordinary text, by estimate")
