import RecordPath

/// What is counted since the agent's beginning, as far as rates are taken of it.
struct TopTotals: Sendable {
    /// Requests of one service.
    struct Requests: Sendable {
        var count: UInt64 = 0
        var errors: UInt64 = 0
    }

    var records: UInt64 = 0
    var bytes: UInt64 = 0
    var services: [String: Requests] = [:]
    /// By output.
    var shipped: [String: UInt64] = [:]

    init() {}

    init(_ signals: SignalSnapshot, shipped: [String: UInt64]) {
        records = signals.readRecords.values.reduce(0, &+)
        bytes = signals.readBytes.values.reduce(0, &+)
        for (key, value) in signals.requests {
            services[key.service, default: Requests()].count &+= value.count
            services[key.service, default: Requests()].errors &+= value.errors
        }
        self.shipped = shipped
    }
}
