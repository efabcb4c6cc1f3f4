/// A sketch of latencies for each service; of services beyond the limit together, as `__other__`.
struct ServiceLatencies: ~Copyable {
    /// Services that have a sketch of their own: 2 KiB each.
    private static let maximumServices = 256
    /// The number of the service `__other__`.
    private static let other: UInt32 = 1

    private var sketches: [LatencySketch] = []
    private var services: [UInt32] = []
    /// By service: index of its sketch plus one; 0: none yet.
    private var places: [UInt16] = []

    /// Counts a latency in nanoseconds.
    @inline(__always) mutating func add(_ latency: Int64, of service: UInt32) {
        let known = Int(service) < places.count ? places[Int(service)] : 0
        sketches[Int(known == 0 ? meet(service) : known) &- 1].add(latency)
    }

    @inline(never) private mutating func meet(_ service: UInt32) -> UInt16 {
        while places.count <= max(Int(service), Int(Self.other)) { places.append(0) }
        if sketches.count >= Self.maximumServices, service != Self.other {
            places[Int(service)] = places[Int(Self.other)] != 0 ? places[Int(Self.other)] : meet(Self.other)
            return places[Int(service)]
        }
        sketches.append(LatencySketch())
        services.append(service)
        places[Int(service)] = UInt16(sketches.count)
        return UInt16(sketches.count)
    }

    /// Hands out the sketches that have counted something, and starts them anew.
    mutating func take(_ body: (UInt32, LatencySketch) -> Void) {
        for index in sketches.indices where !sketches[index].isEmpty {
            body(services[index], sketches[index])
            sketches[index] = LatencySketch()
        }
    }
}
