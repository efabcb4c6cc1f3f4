/// Counts, for each service, how many of the traces that began in it went on in another service.
///
/// A trace that did not is a break only in a service most of whose traces do: a service that calls no other has
/// none. Which requests need no other service is not known here, so the count is a hint where to look.
struct TraceContinuity {
    private struct Service {
        var service: UInt64
        var continued: UInt32
        var ended: UInt32
        var breaks: Int
    }

    /// Services beyond are not judged.
    private static let maxServices = 1024
    /// Traces that must have gone on before any is missed.
    private static let minContinued: UInt32 = 8
    private static let window: UInt32 = 1024

    private var services: [Service] = []
    private var hasBreaks = false

    init() { services.reserveCapacity(64) }

    /// A trace has had its time.
    mutating func end(ofTraceFrom service: UInt64, isContinued: Bool) {
        guard let index = index(of: service) else { return }
        if isContinued {
            services[index].continued += 1
        } else {
            if services[index].continued >= Self.minContinued, services[index].continued >= services[index].ended {
                services[index].breaks += 1
                hasBreaks = true
            }
            services[index].ended += 1
        }
        if services[index].continued + services[index].ended >= Self.window {
            services[index].continued /= 2
            services[index].ended /= 2
        }
    }

    /// Hands the counts on and begins anew.
    mutating func take(_ body: (_ service: UInt64, _ count: Int) -> Void) {
        guard hasBreaks else { return }
        hasBreaks = false
        for index in services.indices where services[index].breaks > 0 {
            body(services[index].service, services[index].breaks)
            services[index].breaks = 0
        }
    }

    private mutating func index(of service: UInt64) -> Int? {
        if let known = services.firstIndex(where: { $0.service == service }) { return known }
        guard services.count < Self.maxServices else { return nil }
        services.append(Service(service: service, continued: 0, ended: 0, breaks: 0))
        return services.count - 1
    }
}
