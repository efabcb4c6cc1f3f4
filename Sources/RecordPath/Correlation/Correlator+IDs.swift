internal import CScan

/// Trace, span and request ids, in whatever form the line has them.
extension Correlator {
    /// What nearly all lines have is read at once; whatever is not that goes to `TraceContext`.
    @inline(__always) func readIDs(_ fields: borrowing CanonicalFields, _ record: inout Record) {
        let base = record.line.base
        if fields.has(.traceID) {
            let slot = fields.slot(.traceID)
            let text = base + Int(slot.start)
            if slot.count == 32, let high = Hex.read16(text), let low = Hex.read16(text + 16),
                let id = TraceID(high: high, low: low)
            {
                record.traceID = id
                record.consume(.traceID)
            } else {
                readUnusualTrace(slot, &record)
            }
        }
        if fields.has(.spanID) {
            let slot = fields.slot(.spanID)
            if slot.count == 16, let value = Hex.read16(base + Int(slot.start)), let id = SpanID(value) {
                record.spanID = id
                record.consume(.spanID)
            } else {
                readUnusualSpan(slot, &record)
            }
        }
        if fields.has(.requestID), fields.slot(.requestID).kind != .array,
            fields.slot(.requestID).rank & 127 != idRank || mayBeRequestsID(fields)
        {
            let slot = fields.slot(.requestID)
            if Self.isRequestID(base + Int(slot.start), slot.count) {
                record.requestID = slot.range
                record.consume(.requestID)
            } else {
                note(.requestID, slot, &record)
            }
        }
        if fields.present & Self.rareMeanings != 0 { readRareIDs(fields, &record) }
    }

    /// Whether what a line calls `id` is that of a request: the line tells of one, and the id is long.
    @inline(never) private func mayBeRequestsID(_ fields: borrowing CanonicalFields) -> Bool {
        let slot = fields.slot(.requestID)
        return slot.rank == idRank && fields.has(.method) && fields.has(.path) && slot.count >= 16
    }

    /// `TraceContext.isRequestID` for ids from ten bytes on, none of which is a placeholder; reads in steps of 16
    /// bytes.
    @inline(__always) private static func isRequestID(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 10, count <= TraceContext.requestIDMaxBytes else {
            return TraceContext.isRequestID(text, count)
        }
        var done = 0
        while count &- done > 16 {
            if martlet_id_mask(text + done) != 0 { return false }
            done &+= 16
        }
        let last = (1 &<< UInt32(truncatingIfNeeded: count &- done)) &- 1 as UInt32
        return martlet_id_mask(text + done) & last == 0
    }

    @inline(never) private func readUnusualTrace(_ slot: CanonicalFields.Slot, _ record: inout Record) {
        do throws(TraceContextFault) {
            record.traceID = try TraceContext.traceID(record.line.base + Int(slot.start), slot.count)
            record.consume(.traceID)
        } catch {
            // Under this name other things than ids stand, too.
            if !CanonicalNames.isTrace(slot.rank) { note(error, slot, &record) }
        }
    }

    @inline(never) private func readUnusualSpan(_ slot: CanonicalFields.Slot, _ record: inout Record) {
        do throws(TraceContextFault) {
            record.spanID = try TraceContext.spanID(record.line.base + Int(slot.start), slot.count)
            record.consume(.spanID)
        } catch {
            if !CanonicalNames.isSpan(slot.rank) { note(error, slot, &record) }
        }
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
