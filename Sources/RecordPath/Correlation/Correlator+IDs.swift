/// Trace, span and request ids, in whatever form the line has them.
extension Correlator {
    @inline(__always) func readIDs(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        let base = record.line.base
        if fields.has(.traceID) {
            let slot = fields.slot(.traceID)
            record.traceID = try? TraceContext.traceID(base + Int(slot.start), slot.count)
            if record.traceID != nil { record.consume(.traceID) }
        }
        if fields.has(.spanID) {
            let slot = fields.slot(.spanID)
            record.spanID = try? TraceContext.spanID(base + Int(slot.start), slot.count)
            if record.spanID != nil { record.consume(.spanID) }
        }
        if fields.has(.requestID) {
            let slot = fields.slot(.requestID)
            if TraceContext.isRequestID(base + Int(slot.start), slot.count) {
                record.requestID = slot.range
                record.consume(.requestID)
            }
        }
        if fields.present & Self.rareMeanings != 0 { readRareIDs(fields, &record) }
    }

    /// Headers that hold a whole context, and Datadog's decimal ids; they fill what has no field of its own.
    @inline(never) private func readRareIDs(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        let base = record.line.base
        if fields.has(.traceContext), record.traceID == nil {
            let slot = fields.slot(.traceContext)
            if let context = try? TraceContext(base + Int(slot.start), slot.count) {
                record.traceID = context.traceID
                record.spanID = record.spanID ?? context.spanID
            }
        }
        if fields.has(.datadogTraceID), record.traceID == nil {
            let slot = fields.slot(.datadogTraceID)
            record.traceID = try? TraceContext.datadogTraceID(base + Int(slot.start), slot.count)
        }
        if fields.has(.datadogSpanID), record.spanID == nil {
            let slot = fields.slot(.datadogSpanID)
            record.spanID = try? TraceContext.datadogSpanID(base + Int(slot.start), slot.count)
        }
    }

    private static var rareMeanings: UInt64 { bit(.traceContext) | bit(.datadogTraceID) | bit(.datadogSpanID) }
}
