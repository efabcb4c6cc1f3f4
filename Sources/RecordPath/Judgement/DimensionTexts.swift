/// The texts of each dimension as small numbers.
///
/// Texts are few where they are worth it (methods, routes, regions); beyond a limit, as with an id of every request,
/// new ones get no number and their records are judged one by one.
struct DimensionTexts: ~Copyable {
    /// One less than fit the bits that `Combinations` has for a text.
    static let maximumTexts = 4095

    private var tables = Pool<NameTable>(capacity: 4)

    init(attributes: Int) {
        for _ in 0..<2 + attributes { _ = tables.append(NameTable()) }
    }

    /// The number of a record's text; 0 where it has none, negative where it is one too many.
    @inline(__always) mutating func number(_ dimension: Dimension, of subject: RecordSubject) -> Int {
        if dimension.number == Dimension.route.number { return subject.routeNumber }
        guard let text = dimension.text(of: subject) else { return 0 }
        guard let base = text.baseAddress, text.count <= Self.maximumTexts else { return -1 }
        let table = tables.pointer(at: dimension.number)
        guard let number = table.pointee.number(base, text.count, limit: Self.maximumTexts) else { return -1 }
        return Int(number) &+ 1
    }
}
