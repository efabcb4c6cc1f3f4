/// A record of which only level, status and latency are known.
struct NumericSubject: ExpressionSubject {
    let level: Level
    /// 0: none.
    let status: Int
    /// Negative: none.
    let latency: Int64

    @inline(__always) func number(of field: ExpressionField) -> Int64? {
        switch field {
        case .status: status == 0 ? nil : Int64(status)
        case .latency: latency < 0 ? nil : latency
        default: nil
        }
    }

    func text(of field: ExpressionField) -> UnsafeBufferPointer<UInt8>? { nil }

    func attribute(_ number: Int) -> UnsafeBufferPointer<UInt8>? { nil }
}
