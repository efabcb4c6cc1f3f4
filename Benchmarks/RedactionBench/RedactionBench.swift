import CScan
import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A line with its tape.
struct BenchLine {
    var bytes: [UInt8]
    var fields: [Field]
}

/// CPU nanoseconds of this process.
struct CPUClock {
    private var last: UInt64 = 0

    init() { last = Self.now() }

    /// Since the last call.
    mutating func lap() -> UInt64 {
        let now = Self.now()
        defer { last = now }
        return now - last
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// Runs lines through kernel and redactor, best of some rounds.
struct RedactionBench: ~Copyable {
    private let policy: RedactionPolicy
    private var redactor: Redactor
    private var text = Arena(capacity: 1 << 22)
    private var output = Arena(capacity: 1 << 21)
    private var rows: [(offset: Int, count: Int, fields: Int, fieldCount: Int)] = []
    private var tape: [Field] = []
    private let quotes: UnsafeMutablePointer<UInt32>
    private let candidates: UnsafeMutablePointer<UInt32>
    private let isJSON: Bool

    init(_ policy: RedactionPolicy, _ lines: [BenchLine], isJSON: Bool = true) {
        self.policy = policy
        self.isJSON = isJSON
        redactor = Redactor(policy: policy)
        for line in lines {
            rows.append((text.count, line.bytes.count, tape.count, line.fields.count))
            text.append(line.bytes)
            tape += line.fields
        }
        quotes = .allocate(capacity: 1 << 21)
        candidates = .allocate(capacity: 1 << 21)
    }

    deinit {
        quotes.deallocate()
        candidates.deallocate()
    }

    mutating func run(_ name: String, rounds: Int) {
        var kernelBest = UInt64.max
        var best = UInt64.max
        var edited = 0
        var found = 0
        for _ in 0..<rounds {
            var clock = CPUClock()
            found = kernelOnly()
            kernelBest = min(kernelBest, clock.lap())
            edited = everything()
            best = min(best, clock.lap())
        }
        let bytes = text.count
        let line =
            "\(name): kernel \(rate(bytes, kernelBest)), kernel and redactor \(rate(bytes, best)), "
            + "\(best / UInt64(rows.count)) ns a line, \(bytes / rows.count) B, \(edited) of \(rows.count) edited, \(found) candidates"
        print(line)
    }

    private func rate(_ bytes: Int, _ nanoseconds: UInt64) -> String {
        "\(UInt64(bytes) * 1000 / max(nanoseconds, 1)) MB/s"
    }

    private func kernelOnly() -> Int {
        var index = martlet_line_index()
        var found = 0
        for row in rows {
            martlet_scan_line(policy.kernelTables, text.base + row.offset, row.count, quotes, candidates, &index)
            found += Int(index.candidate_count)
        }
        return found
    }

    private mutating func everything() -> Int {
        var index = martlet_line_index()
        var edited = 0
        let format: LineFormat = isJSON ? .json : .text
        tape.withUnsafeBufferPointer { tape in
            for row in rows {
                martlet_scan_line(policy.kernelTables, text.base + row.offset, row.count, quotes, candidates, &index)
                let view = LineView(
                    base: text.base + row.offset,
                    count: row.count,
                    quotes: quotes,
                    quoteCount: Int(index.quote_count),
                    candidates: candidates,
                    candidateCount: Int(index.candidate_count),
                    flags: index.flags
                )
                let fields = UnsafeBufferPointer(rebasing: tape[row.fields..<row.fields + row.fieldCount])
                let result = redactor.redact(
                    view,
                    format: format,
                    fields: fields,
                    service: .everywhere,
                    output: &output
                )
                if result != .clean { edited += 1 }
            }
        }
        return edited
    }
}
