/// Trace, span and request ids, in whatever form the line has them.
extension Correlator {
    @inline(__always) func readIDs(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        let base = record.line.base
        if fields.has(.traceID) {
            let slot = fields.slot(.traceID)
            record.traceID = TraceID(base + Int(slot.start), slot.count)
        }
        if fields.has(.spanID) {
            let slot = fields.slot(.spanID)
            record.spanID = SpanID(base + Int(slot.start), slot.count)
        }
        if fields.has(.requestID) {
            let slot = fields.slot(.requestID)
            record.requestID = slot.range
        }
    }
}
