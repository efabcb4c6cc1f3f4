import Objectives

/// The SLOs of a configuration, and how PromQL and templates tell those apart that differ.
struct SLOCatalogue: Sendable {
    let shapes: [SLOShape]

    init(_ slos: [SLO]) { shapes = slos.isEmpty ? [.standard] : slos.map(SLOShape.init) }

    /// The labels that name an SLO.
    static let identity = "sloth_id, sloth_service, sloth_slo"

    /// The first SLO for which something is so, for unit tests.
    func sample(where isSuitable: (SLOShape) -> Bool) -> SLOShape? { shapes.first(where: isSuitable) }

    /// A value and the label matchers of the SLOs that have it.
    struct Group<Value> {
        let value: Value
        /// Each `{…}`; one empty one where all SLOs have the value.
        let selectors: [String]
    }

    /// SLOs by a value, in the order of the configuration; those for which it is nil are left out.
    func groups<Value: Equatable>(_ value: (SLOShape) -> Value?) -> [Group<Value>] {
        var groups: [(value: Value, shapes: [SLOShape])] = []
        var count = 0
        for shape in shapes {
            guard let value = value(shape) else { continue }
            count += 1
            if let index = groups.firstIndex(where: { $0.value == value }) {
                groups[index].shapes.append(shape)
            } else {
                groups.append((value, [shape]))
            }
        }
        if groups.count == 1, count == shapes.count {
            return [Group(value: groups[0].value, selectors: [""])]
        }
        return groups.map { Group(value: $0.value, selectors: selectors($0.shapes)) }
    }

    /// An expression for all SLOs: a term for each group of them, joined by `or`.
    func expression<Value: Equatable>(_ value: (SLOShape) -> Value?, term: (Value, String) -> String) -> String? {
        let terms = groups(value).flatMap { group in group.selectors.map { term(group.value, $0) } }
        return terms.isEmpty ? nil : terms.joined(separator: "\nor\n")
    }

    /// A text for each SLO as a template over an alert's labels.
    func template(_ text: (SLOShape) -> String?) -> Template? {
        let cases = shapes.compactMap { shape in
            text(shape).map { Template.Case(condition: condition(shape), text: $0) }
        }
        return cases.isEmpty ? nil : Template(cases: cases, rest: "")
    }

    private func condition(_ shape: SLOShape) -> [Template.Pair] {
        let name = Template.Pair(label: "sloth_slo", value: shape.name)
        return shape.isForEveryService ? [name] : [Template.Pair(label: "sloth_service", value: shape.service), name]
    }

    /// Matchers that are true of these SLOs only.
    private func selectors(_ shapes: [SLOShape]) -> [String] {
        let own = shapes.filter { !$0.isForEveryService }.map { PromQL.escaped("\($0.service)-\($0.name)") }
        let common = shapes.filter(\.isForEveryService).map { shape in
            let others = self.shapes.filter { !$0.isForEveryService && $0.name == shape.name }
            let services = others.map { PromQL.escaped($0.service) }
            let without = services.isEmpty ? "" : ",sloth_service!~\"\(services.joined(separator: "|"))\""
            return "{sloth_slo=\"\(shape.name)\"\(without)}"
        }
        return (own.isEmpty ? [] : ["{sloth_id=~\"\(own.joined(separator: "|"))\"}"]) + common
    }
}
