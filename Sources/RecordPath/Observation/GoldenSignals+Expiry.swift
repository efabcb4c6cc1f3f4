/// Series that nobody observes any more make room for others.
extension GoldenSignals {
    /// The numbers of request series without an observation for so many epochs.
    func idleRequests(for limit: UInt32) -> [Int] {
        (0..<requestSeries.count).filter { epoch &- requestSeries[$0].epoch > limit }
    }

    /// The numbers of latency series without an observation for so many epochs.
    func idleDurations(for limit: UInt32) -> [Int] {
        (0..<durationSeries.count).filter { epoch &- durationSeries[$0].epoch > limit }
    }

    /// Leaves out series by their numbers, and routes that no other series has; all numbers change.
    mutating func remove(requests goneRequests: [Int], durations goneDurations: [Int]) {
        let keptRequests = Self.others(goneRequests, of: requests.count)
        let keptDurations = Self.others(goneDurations, of: durations.count)
        let keys = keptRequests.map { requests.key($0) } + keptDurations.map { durations.key($0) }
        let newRoutes = renumber(keys)
        requests = Self.index(keptRequests.map { Self.key(requests.key($0), newRoutes) })
        requestSeries = Column(keptRequests.map { requestSeries[$0] })
        for index in 0..<requestSeries.count { requestSeries.pointer(at: index).pointee.durations = -1 }
        let width = bounds.count + 1
        durations = Self.index(keptDurations.map { Self.key(durations.key($0), newRoutes) })
        durationSeries = Column(keptDurations.map { durationSeries[$0] })
        buckets = Column(keptDurations.flatMap { buckets.elements($0 * width..<($0 + 1) * width) })
        exemplars.keep(keptDurations, width: width)
    }

    private static func others(_ gone: [Int], of count: Int) -> [Int] {
        let gone = Set(gone)
        return (0..<count).filter { !gone.contains($0) }
    }

    /// Makes a table of the routes that some keys name; the new number of each old one.
    private mutating func renumber(_ keys: [UInt64]) -> [UInt32: UInt32] {
        var table = NameTable()
        var numbers = [otherRoute: table.number(Self.other) ?? 0]
        for key in keys {
            let route = Self.unpack(key).route
            if numbers[route] == nil { numbers[route] = table.number(routes.name(route)) }
        }
        routes = table
        return numbers
    }

    private static func key(_ key: UInt64, _ routes: [UInt32: UInt32]) -> UInt64 {
        key & ~(0xFFFF_FFFF << 8) | UInt64(routes[unpack(key).route] ?? 0) << 8
    }

    private static func index(_ keys: [UInt64]) -> KeyIndex {
        var index = KeyIndex()
        for key in keys { _ = index.number(key) }
        return index
    }
}
