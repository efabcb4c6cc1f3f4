/// A text that records are told apart by for SLOs, besides level, status and latency.
enum Dimension: Hashable {
    case method, route
    /// By its number in the worker's `AttributeNames`.
    case attribute(Int)

    /// A small number of its own.
    var number: Int {
        switch self {
        case .method: 0
        case .route: 1
        case .attribute(let number): 2 + number
        }
    }
}
