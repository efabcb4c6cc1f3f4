/// What a text says of one request; what it does not say is empty.
struct RequestFinding {
    var method = 0..<0
    /// The path with its query, or a whole URL.
    var path = 0..<0
    var status = 0..<0
    var latency = 0..<0
    /// The unit of a latency that has none of its own.
    var unit = Meaning.latency

    /// Puts what is there into a table.
    func add(to table: inout TextFieldTable) {
        table.add(.method, method)
        table.add(.path, path)
        table.add(.status, status)
        table.add(unit, latency)
    }
}
