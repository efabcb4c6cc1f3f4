/// A unit test of an alert: series over time, and what fires when.
package struct AlertScenario: Sendable {
    /// What it shows, as a sentence.
    package let name: String
    package let inputs: [Input]
    package let checks: [Check]

    /// A series and its values a minute apart, in promtool's notation: `0+60x30` is 0, 60, 120 … for 30 minutes.
    package struct Input: Sendable {
        let series: String
        let values: String

        init(_ series: String, _ values: String) {
            self.series = series
            self.values = values
        }
    }

    /// What fires at a moment; nothing: the alert is quiet.
    package struct Check: Sendable {
        package let moment: String
        package let firing: [Firing]
    }

    /// An alert that fires: its labels without those that the rule sets, and the values its texts show.
    package struct Firing: Sendable {
        let labels: [String: String]
        let values: [String]
    }

    init(_ name: String, _ inputs: [Input], _ checks: [Check]) {
        self.name = name
        self.inputs = inputs
        self.checks = checks
    }
}

extension AlertScenario.Check {
    /// One alert fires.
    static func fires(at moment: String, _ labels: [String: String] = [:], _ values: String...) -> Self {
        .init(moment: moment, firing: [.init(labels: labels, values: values)])
    }

    /// Nothing fires.
    static func quiet(at moment: String) -> Self { .init(moment: moment, firing: []) }
}
