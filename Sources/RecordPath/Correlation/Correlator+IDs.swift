/// Trace, span and request ids, in whatever form the line has them.
extension Correlator {
    @inline(__always) func readIDs(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        let base = record.line.base
        if fields.has(.traceID) {
            let slot = fields.slot(.traceID)
            do throws(TraceContextFault) {
                record.traceID = try TraceContext.traceID(base + Int(slot.start), slot.count)
                record.consume(.traceID)
            } catch { note(error, slot, &record) }
        }
        if fields.has(.spanID) {
            let slot = fields.slot(.spanID)
            do throws(TraceContextFault) {
                record.spanID = try TraceContext.spanID(base + Int(slot.start), slot.count)
                record.consume(.spanID)
            } catch { note(error, slot, &record) }
        }
        if fields.has(.requestID), fields.slot(.requestID).kind != .array {
            let slot = fields.slot(.requestID)
            if TraceContext.isRequestID(base + Int(slot.start), slot.count) {
                record.requestID = slot.range
                record.consume(.requestID)
            } else {
                note(.requestID, slot, &record)
            }
        }
        if fields.present & Self.rareMeanings != 0 { readRareIDs(fields, &record) }
    }

    /// Headers that hold a whole context, and Datadog's decimal ids; they fill what has no field of its own.
    @inline(never) private func readRareIDs(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        let base = record.line.base
        if fields.has(.traceContext), record.traceID == nil {
            let slot = fields.slot(.traceContext)
            do throws(TraceContextFault) {
                let context = try TraceContext(base + Int(slot.start), slot.count)
                record.traceID = context.traceID
                record.spanID = record.spanID ?? context.spanID
            } catch { note(error, slot, &record) }
        }
        if fields.has(.datadogTraceID), record.traceID == nil {
            let slot = fields.slot(.datadogTraceID)
            do throws(TraceContextFault) {
                record.traceID = try TraceContext.datadogTraceID(base + Int(slot.start), slot.count)
            } catch { note(error, slot, &record) }
        }
        if fields.has(.datadogSpanID), record.spanID == nil {
            let slot = fields.slot(.datadogSpanID)
            record.spanID = try? TraceContext.datadogSpanID(base + Int(slot.start), slot.count)
        }
    }

    /// An id that cannot be used is a break, unless the line says in its way that it has none.
    @inline(never) private func note(
        _ fault: TraceContextFault,
        _ slot: CanonicalFields.Slot,
        _ record: inout Record
    ) {
        if TraceContext.isPlaceholder(record.line.base + Int(slot.start), slot.count) { return }
        record.note(fault)
    }

    private static var rareMeanings: UInt64 { bit(.traceContext) | bit(.datadogTraceID) | bit(.datadogSpanID) }
}

extension Record {
    /// Remembers that an id of the record is of no use, or broke with an earlier one.
    mutating func note(_ fault: TraceContextFault) { faults |= 1 << UInt16(fault.rawValue) }
}
