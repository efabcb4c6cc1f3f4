/// The SLOs of a configuration, and which of them concern a service.
package struct SLOSet: Sendable {
    /// In the order of the configuration; events name an SLO by its index.
    package let slos: [SLO]
    private var own: [String: [Int]] = [:]
    private var common: [Int] = []
    private var names: Set<Name> = []

    private struct Name: Hashable {
        let service: String
        let name: String
    }

    /// Makes a set.
    package init(_ slos: [SLO]) {
        self.slos = slos
        for (index, slo) in slos.enumerated() {
            if slo.isForEveryService {
                common.append(index)
            } else {
                own[slo.service, default: []].append(index)
                names.insert(Name(service: slo.service, name: slo.name))
            }
        }
    }

    /// The indices of the SLOs that a service has.
    ///
    /// An SLO for every service leaves out those that have one of that name of their own.
    package func indices(for service: String) -> [Int] {
        let rest = common.filter { !names.contains(Name(service: service, name: slos[$0].name)) }
        return (own[service] ?? []) + rest
    }
}
