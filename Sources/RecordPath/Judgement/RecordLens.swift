/// The tools with which a worker looks at the texts of a record for its expressions; kept from record to record.
struct RecordLens: ~Copyable {
    var attributes: AttributeFinder
    var routes: RouteTexts
    /// The text that was asked for last, where it does not stand in the line as it is.
    private var scratch = Arena(capacity: 512)
    private var map = OffsetMap()

    init(plan: RecordPlan) {
        attributes = AttributeFinder(plan.attributes, readsDocuments: plan.readsDocuments)
        routes = RouteTexts(templates: plan.routes)
    }

    /// Text of a line without its escapes.
    mutating func unescaped(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        let text = Text(base, range.lowerBound, range.upperBound)
        Unescaping.backslashes(text, isJSON: true, into: &scratch, map: &map)
        return UnsafeBufferPointer(start: scratch.base, count: scratch.count)
    }

    /// The hexadecimal digits of a trace id.
    mutating func hex(_ id: TraceID) -> UnsafeBufferPointer<UInt8> {
        scratch.removeAll()
        scratch.claim(TraceID.hexBytes)
        id.write(to: scratch.base)
        return UnsafeBufferPointer(start: scratch.base, count: scratch.count)
    }

    /// The hexadecimal digits of a span id.
    mutating func hex(_ id: SpanID) -> UnsafeBufferPointer<UInt8> {
        scratch.removeAll()
        scratch.claim(SpanID.hexBytes)
        id.write(to: scratch.base)
        return UnsafeBufferPointer(start: scratch.base, count: scratch.count)
    }

    /// A name of ours.
    mutating func text(_ name: String) -> UnsafeBufferPointer<UInt8> {
        scratch.removeAll()
        scratch.append(name)
        return UnsafeBufferPointer(start: scratch.base, count: scratch.count)
    }
}
