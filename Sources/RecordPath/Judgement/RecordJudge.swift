/// What the configuration's expressions say of a record: whether it is an error, what it is to each SLO, whether it
/// is dropped.
struct RecordJudge: ~Copyable {
    private let drops: [Expression]
    private let errors: Expression?
    private let errorsAreNumeric: Bool
    /// None or one.
    private var tally = Pool<OutcomeTally>(capacity: 1)
    private var lens = Pool<RecordLens>(capacity: 1)

    init(plan: RecordPlan) {
        drops = plan.drops
        errors = plan.errors
        errorsAreNumeric = plan.errors?.needs.isNumeric ?? true
        if let objectives = plan.objectives { _ = tally.append(OutcomeTally(objectives, attributes: plan.attributes)) }
        _ = lens.append(RecordLens(plan: plan))
    }

    /// Whether a record counts as an error.
    @inline(__always) mutating func isError(
        _ record: inout Record,
        of line: LineView,
        _ parser: inout LineParser,
        _ services: inout NameTable
    ) -> Bool {
        guard let errors else { return record.status >= 500 || record.level.rawValue >= Level.error.rawValue }
        guard !errorsAreNumeric else {
            return errors.holds(
                for: NumericSubject(level: record.level, status: record.status, latency: record.latency)
            )
        }
        return withSubject(&record, line, &parser, &services) { errors.holds(for: $0) }
    }

    /// Counts a record for the SLOs; whether it is dropped afterwards.
    @inline(__always) mutating func judge(
        _ record: inout Record,
        of line: LineView,
        _ parser: inout LineParser,
        _ services: inout NameTable
    ) -> Bool {
        if tally.count > 0, !tally.pointer(at: 0).pointee.countNumeric(&record, &services) {
            let tally = tally.pointer(at: 0)
            withSubject(&record, line, &parser, &services) { tally.pointee.count($0) }
        }
        guard !drops.isEmpty else { return false }
        return withSubject(&record, line, &parser, &services) { subject in
            drops.contains { $0.holds(for: subject) }
        }
    }

    /// What a record is to each SLO of its service that counts it, for `explain`.
    mutating func outcomes(
        of record: inout Record,
        _ line: LineView,
        _ parser: inout LineParser,
        _ services: inout NameTable
    ) -> [(objective: Int, outcome: Indicator.Outcome)] {
        guard tally.count > 0 else { return [] }
        let tally = tally.pointer(at: 0)
        let service = services.name(record.service)
        return withSubject(&record, line, &parser, &services) { tally.pointee.outcomes(of: $0, service: service) }
    }

    /// Good and bad events since the last call.
    mutating func takeOutcomes(_ services: inout NameTable) -> [OutcomeCount] {
        tally.count > 0 ? tally.pointer(at: 0).pointee.take(&services) : []
    }

    @inline(never) private func withSubject<Result>(
        _ record: inout Record,
        _ line: LineView,
        _ parser: inout LineParser,
        _ services: inout NameTable,
        _ body: (RecordSubject) -> Result
    ) -> Result {
        let lens = lens.pointer(at: 0)
        lens.pointee.attributes.begin()
        return withUnsafeMutablePointer(to: &parser) { parser in
            withUnsafeMutablePointer(to: &services) { services in
                withUnsafeMutablePointer(to: &record) { record in
                    body(
                        RecordSubject(
                            record: UnsafePointer(record),
                            line: line,
                            parser: parser,
                            services: UnsafePointer(services),
                            lens: lens
                        )
                    )
                }
            }
        }
    }
}
