/// The number of a series: of its own, or of one that stands for many because the budget is spent.
struct SeriesNumber: BitwiseCopyable, Equatable {
    /// Nobody has looked.
    static let unknown = SeriesNumber(raw: .min)

    /// Complemented where the series is a shared one.
    private let raw: Int32

    private init(raw: Int32) { self.raw = raw }

    /// A series for these labels alone.
    static func own(_ series: Int) -> SeriesNumber { SeriesNumber(raw: Int32(series)) }

    /// A series that these labels share with others.
    static func shared(_ series: Int) -> SeriesNumber { SeriesNumber(raw: ~Int32(series)) }

    @inline(__always) var isOwn: Bool { raw >= 0 }

    /// The number; not of `unknown`.
    @inline(__always) var series: Int { Int(raw >= 0 ? raw : ~raw) }
}
