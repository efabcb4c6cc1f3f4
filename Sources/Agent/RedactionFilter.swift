import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// `martlet redact`: lines from one descriptor to another, redacted by a configuration's policy.
package struct RedactionFilter: ~Copyable {
    /// What went through.
    package struct Report: Sendable {
        package var records = 0
        package var bytes = 0
        package var detectors: [String: UInt64] = [:]
        package var actions: [String: UInt64] = [:]

        /// The object that `--report` prints.
        package var json: String {
            let object = { (counts: [String: UInt64]) in
                "{" + counts.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
            }
            return
                "{\"records\":\(records),\"bytes\":\(bytes),\"detectors\":\(object(detectors)),\"actions\":\(object(actions))}"
        }
    }

    private static let blockBytes = 256 * 1024
    private var redactor: LineRedactor
    private let terminator: UInt8
    private var input = Arena(capacity: blockBytes * 2)
    private var output = Arena(capacity: blockBytes * 2)
    private var report = Report()
    /// Instead of the redacted lines: what changed in them.
    private let diff: LineDiff?

    /// What stands on stdout.
    package enum Display: Sendable {
        /// Every record, redacted.
        case lines
        /// The records that changed, before and after; marked with colours for a terminal.
        case diff(coloured: Bool)
    }

    /// Makes a filter; records end in NUL instead of newline with `nulTerminated`.
    package init(_ configuration: AgentConfiguration, nulTerminated: Bool, display: Display = .lines) {
        diff =
            switch display {
            case .lines: nil
            case .diff(let isColoured): LineDiff(isColoured: isColoured)
            }
        redactor = LineRedactor(configuration)
        terminator = nulTerminated ? 0 : 0x0A
    }

    /// Filters until the end of `from`; true when everything was written.
    package mutating func run(from: Int32, to: Int32) throws(AgentError) -> Report {
        var searched = 0
        while true {
            input.reserve(Self.blockBytes)
            let count = read(from, input.base + input.count, Self.blockBytes)
            if count < 0 {
                if errno == EINTR { continue }
                throw AgentError.io("cannot read standard input: \(String(cString: strerror(errno)))")
            }
            input.claim(count)
            let consumed = filterRecords(searchingFrom: searched, isEnd: count == 0)
            try flush(to)
            if count == 0 { break }
            input.removeFirst(consumed)
            searched = input.count
        }
        for (key, value) in redactor.counts() {
            report.detectors[key.detector, default: 0] += value
            report.actions[key.action, default: 0] += value
        }
        return report
    }

    /// Filters the whole records in `input`; gives the bytes that are done with.
    private mutating func filterRecords(searchingFrom searched: Int, isEnd: Bool) -> Int {
        var start = 0
        var search = searched
        while let end = memchr(input.base + search, Int32(terminator), input.count - search) {
            let stop = end - UnsafeMutableRawPointer(input.base)
            filter(start..<stop, isTerminated: true)
            start = stop + 1
            search = start
        }
        if isEnd, start < input.count { filter(start..<input.count, isTerminated: false) }
        return start
    }

    private mutating func filter(_ range: Range<Int>, isTerminated: Bool) {
        report.records += 1
        report.bytes += range.count
        if let diff { return show(range, diff) }
        let fate = redactor.redact(UnsafePointer(input.base) + range.lowerBound, range.count, into: &output)
        switch fate {
        case .clean, .edited: if isTerminated { output.put(terminator) }
        case .dropped: break
        case .withheld:
            output.append("[REDACTED]")
            if isTerminated { output.put(terminator) }
        }
    }

    private mutating func show(_ range: Range<Int>, _ diff: LineDiff) {
        let before = Array(UnsafeBufferPointer(start: input.base + range.lowerBound, count: range.count))
        var safe = Arena(capacity: range.count + 64)
        switch redactor.redact(UnsafePointer(input.base) + range.lowerBound, range.count, into: &safe) {
        case .clean: break
        case .edited: output.append(diff.text(number: report.records, before: before, after: safe.bytes))
        case .dropped, .withheld: output.append(diff.text(number: report.records, dropped: before))
        }
    }

    private mutating func flush(_ descriptor: Int32) throws(AgentError) {
        var done = 0
        while done < output.count {
            let count = write(descriptor, output.base + done, output.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw AgentError.io("cannot write standard output: \(String(cString: strerror(errno)))")
            }
            done += count
        }
        output.removeAll()
    }
}
