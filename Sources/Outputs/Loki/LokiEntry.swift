/// What tells one entry of a stream from another.
struct LokiEntry: Hashable {
    /// Nanoseconds since 1970.
    var time: Int64
    var line: String
    var metadata: [String: String]
}
