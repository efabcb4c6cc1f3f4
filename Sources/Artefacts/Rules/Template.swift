/// A text that depends on a label of the alert: one for some of its values, another for the rest.
package struct Template: Sendable, Equatable {
    struct Case: Sendable, Equatable {
        /// The labels and values that it is for.
        let condition: [Pair]
        let text: String
    }

    struct Pair: Sendable, Equatable {
        let label: String
        let value: String
    }

    private(set) var cases: [Case] = []
    private(set) var rest: String

    /// The same for all.
    package static func fixed(_ text: String) -> Template { Template(rest: text) }

    init(cases: [Case] = [], rest: String) {
        self.cases = cases
        self.rest = rest
    }

    /// The same cases with another text for the rest.
    func otherwise(_ text: String) -> Template { Template(cases: cases, rest: text) }

    /// As Prometheus takes it.
    var text: String {
        guard !cases.isEmpty else { return rest }
        var result = ""
        for (index, branch) in cases.enumerated() {
            let tests = branch.condition.map { "eq $labels.\($0.label) \(Node.quoted($0.value))" }
            let condition = tests.count == 1 ? tests[0] : "and " + tests.map { "(\($0))" }.joined(separator: " ")
            result += "{{ \(index == 0 ? "if" : "else if") \(condition) }}\(branch.text)"
        }
        return result + (rest.isEmpty ? "" : "{{ else }}\(rest)") + "{{ end }}"
    }

    /// As Prometheus makes it of an alert.
    func rendered(labels: [String: String]) -> String {
        let branch = cases.first { $0.condition.allSatisfy { labels[$0.label] == $0.value } }
        return branch?.text ?? rest
    }
}
