import CScan
import RecordPath

/// A redactor with the kernel in front of it, as the record path has it.
struct TestRedactor: ~Copyable {
    private var redactor: Redactor
    private var output = Arena()
    let policy: RedactionPolicy
    private let kernel: martlet_kernel
    /// Offers every offset as a candidate: the naive oracle of the kernel's choice.
    private let looksEverywhere: Bool

    init(
        _ options: RedactionOptions = RedactionOptions(),
        hasher: (any KeyedHasher)? = nil,
        kernel: martlet_kernel = martlet_scan_chosen_kernel(),
        looksEverywhere: Bool = false
    ) {
        var problems: [RedactionProblem] = []
        policy = RedactionPolicy(options, hasher: hasher, problems: &problems)
        precondition(problems.isEmpty, "\(problems)")
        redactor = Redactor(policy: policy)
        self.kernel = kernel
        self.looksEverywhere = looksEverywhere
    }

    /// The redacted line; the same line when nothing had to go; nil when the record was dropped or withheld.
    mutating func redact(_ line: String, format: LineFormat? = nil, service: String = "") -> String? {
        redact(Array(line.utf8), format: format, service: service).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The same for bytes.
    ///
    /// Without a format, JSON objects are taken for JSON, all else for text.
    mutating func redact(_ line: [UInt8], format: LineFormat? = nil, service: String = "") -> [UInt8]? {
        switch run(line, format: format, service: service) {
        case .clean: return line
        case .edited: return output.bytes
        case .dropRecord, .withheld: return nil
        }
    }

    private mutating func run(_ line: [UInt8], format: LineFormat?, service: String) -> Redaction {
        let padded = line + [UInt8](repeating: 0x31, count: Arena.slack)
        var quotes = [UInt32](repeating: 0, count: line.count + 64)
        var candidates = quotes
        var index = martlet_line_index()
        let known = martlet_scan_line_with(
            kernel,
            policy.kernelTables,
            padded,
            line.count,
            &quotes,
            &candidates,
            &index
        )
        precondition(known)
        if looksEverywhere {
            for i in line.indices { candidates[i] = UInt32(i) }
            index.candidate_count = UInt32(line.count)
        }
        let scope = Array(service.utf8).withUnsafeBufferPointer { policy.scope(forService: $0) }
        return padded.withUnsafeBufferPointer { bytes in
            quotes.withUnsafeBufferPointer { quotes in
                candidates.withUnsafeBufferPointer { candidates in
                    guard let bytes = bytes.baseAddress, let quotes = quotes.baseAddress,
                        let candidates = candidates.baseAddress
                    else { return .withheld }
                    var view = LineView(
                        base: bytes,
                        count: line.count,
                        quotes: quotes,
                        quoteCount: Int(index.quote_count),
                        candidates: candidates,
                        candidateCount: Int(index.candidate_count),
                        flags: index.flags
                    )
                    return redact(&view, format, scope)
                }
            }
        }
    }

    /// All looks at a line, each with a tape of its own.
    private mutating func redact(_ view: inout LineView, _ format: LineFormat?, _ scope: RedactionScope) -> Redaction {
        var tape: [Field] = []
        // The array lives to the end, and nothing changes it but the next look.
        defer { withExtendedLifetime(tape) {} }
        func read(_ view: LineView, _: Bool = true) -> (format: LineFormat, fields: UnsafeBufferPointer<Field>) {
            let line = Array(UnsafeBufferPointer(start: view.base, count: view.count))
            let found = format == nil || format == .json ? StrictJSON.tape(line, policy) : nil
            tape = found ?? []
            return (found != nil ? .json : format ?? .text, tape.withUnsafeBufferPointer { $0 })
        }
        let (first, fields) = read(view)
        let result = redactor.redact(view, format: first, fields: fields, service: scope, output: &output)
        return result == .edited ? redactor.settle(&view, service: scope, output: &output, read: read) : result
    }

    /// Detector names with how often they acted.
    var counts: [String: Int] {
        redactor.withCounts { numbers in
            var found: [String: Int] = [:]
            let actions = RedactionAction.allCases.count
            for (index, name) in policy.detectorNames.enumerated() {
                let sum = (0..<actions).reduce(0) { $0 + Int(numbers[index * actions + $1]) }
                if sum > 0 { found[name] = sum }
            }
            return found
        }
    }
}
