/// The texts of each dimension as small numbers.
///
/// Texts are few where they are worth it (methods, routes, regions); beyond a limit, as with an id of every request,
/// new ones get no number and their records are judged one by one.
struct DimensionTexts: ~Copyable {
    private static let maximumTexts = 4096

    private var tables = Pool<NameTable>(capacity: 4)

    init(attributes: Int) {
        for _ in 0..<2 + attributes { _ = tables.append(NameTable()) }
    }

    /// The number of a record's text; 0 where it has none, nil where it is one too many or has escapes.
    mutating func number(_ dimension: Dimension, of subject: RecordSubject) -> UInt32? {
        guard !subject.hasEscapes else { return nil }
        let text =
            switch dimension {
            case .method: subject.text(of: .method)
            case .route: subject.text(of: .route)
            case .attribute(let number): subject.attribute(number)
            }
        guard let text else { return 0 }
        guard let base = text.baseAddress, text.count <= Self.maximumTexts else { return nil }
        return tables.pointer(at: dimension.number).pointee
            .number(base, text.count, limit: Self.maximumTexts).map { $0 &+ 1 }
    }
}
