/// A text that records are told apart by for SLOs, besides level, status and latency.
struct Dimension: Hashable, BitwiseCopyable {
    static let method = Dimension(number: 0)
    static let route = Dimension(number: 1)

    /// Small numbers: method, route, then the attributes in the order of the worker's `AttributeNames`.
    let number: Int

    private init(number: Int) { self.number = number }

    /// An attribute by its number.
    static func attribute(_ number: Int) -> Dimension { Dimension(number: number + 2) }

    /// The text of a record; nil where it has none.
    @inline(__always) func text(of subject: RecordSubject) -> UnsafeBufferPointer<UInt8>? {
        switch number {
        case 0: subject.text(of: .method)
        case 1: subject.text(of: .route)
        default: subject.attribute(number &- 2)
        }
    }
}
