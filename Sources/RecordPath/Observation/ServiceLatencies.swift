/// A sketch of latencies for each service; of services beyond the limit together, as `__other__`.
struct ServiceLatencies: ~Copyable {
    /// Services that have a sketch of their own: 2 KiB each.
    private static let maximumServices = 256
    /// The number of the service `__other__`.
    private static let other: UInt32 = 1

    /// `LatencySketch.parts` counters a sketch.
    private var counters = Column<UInt32>()
    private var services = Column<UInt32>()
    /// By service: index of its sketch plus one; 0: none yet.
    private var places = Column<UInt32>()

    /// Counts a latency of a part of the sketch.
    @inline(__always) mutating func add(part: Int, of service: UInt32) {
        let known = Int(service) < places.count ? places[Int(service)] : 0
        let place = Int(known != 0 ? known : meet(service)) &- 1
        counters.pointer(at: place &* LatencySketch.parts &+ part).pointee &+= 1
    }

    @inline(never) private mutating func meet(_ service: UInt32) -> UInt32 {
        while places.count <= max(Int(service), Int(Self.other)) { places.append(0) }
        if services.count >= Self.maximumServices, service != Self.other {
            let shared = places[Int(Self.other)] != 0 ? places[Int(Self.other)] : meet(Self.other)
            places[Int(service)] = shared
            return shared
        }
        counters.append(0, count: LatencySketch.parts)
        services.append(service)
        places[Int(service)] = UInt32(services.count)
        return UInt32(services.count)
    }

    /// Hands out the sketches that have counted something, and starts them anew.
    mutating func take(_ body: (UInt32, LatencySketch) -> Void) {
        for index in 0..<services.count {
            let start = index * LatencySketch.parts
            let own = start..<start + LatencySketch.parts
            guard own.contains(where: { counters[$0] != 0 }) else { continue }
            body(services[index], LatencySketch(counts: counters.elements(own)))
            counters.pointer(at: start).update(repeating: 0, count: LatencySketch.parts)
        }
    }
}
