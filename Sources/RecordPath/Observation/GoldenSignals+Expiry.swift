/// Series that nobody observes any more make room for others.
extension GoldenSignals {
    /// Leaves out series without an observation since before an epoch, and routes that no other series has.
    ///
    /// True: there were any, so that all numbers have changed. What they counted must have been taken.
    mutating func removeIdle(before limit: UInt32) -> Bool {
        // Epochs wrap around.
        let keptRequests = (0..<requests.count).filter { Int32(bitPattern: requestSeries[$0].epoch &- limit) >= 0 }
        let keptDurations = (0..<durations.count).filter { Int32(bitPattern: durationSeries[$0].epoch &- limit) >= 0 }
        guard keptRequests.count < requests.count || keptDurations.count < durations.count else { return false }
        let keys = keptRequests.map { requests.key($0) } + keptDurations.map { durations.key($0) }
        let newRoutes = renumber(keys)
        requests = Self.index(keptRequests.map { Self.key(requests.key($0), newRoutes) })
        requestSeries = Column(keptRequests.map { requestSeries[$0] })
        requestLabels = keptRequests.prefix { $0 < requestLabels.count }.map { requestLabels[$0] }
        let width = bounds.count + 1
        durations = Self.index(keptDurations.map { Self.key(durations.key($0), newRoutes) })
        durationSeries = Column(keptDurations.map { durationSeries[$0] })
        durationLabels = keptDurations.prefix { $0 < durationLabels.count }.map { durationLabels[$0] }
        buckets = Column(keptDurations.flatMap { buckets.elements($0 * width..<($0 + 1) * width) })
        exemplars.removeAll()
        return true
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
