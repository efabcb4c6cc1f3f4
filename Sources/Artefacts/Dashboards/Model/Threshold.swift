/// From which value on a panel changes its colour.
struct Threshold: Sendable {
    let value: Double
    let colour: String

    /// Bad above, worse higher.
    static func rising(_ warning: Double, _ critical: Double) -> [Threshold] {
        [.init(value: warning, colour: "orange"), .init(value: critical, colour: "red")]
    }

    /// Bad below: red at first, good from `good` on.
    static func falling(_ warning: Double, _ good: Double) -> Thresholds {
        Thresholds(base: "red", steps: [.init(value: warning, colour: "orange"), .init(value: good, colour: "green")])
    }
}

/// A base colour and where it changes.
struct Thresholds: Sendable, ExpressibleByArrayLiteral {
    var base = "green"
    var steps: [Threshold] = []

    init(base: String = "green", steps: [Threshold]) {
        self.base = base
        self.steps = steps
    }

    init(arrayLiteral elements: Threshold...) { steps = elements }

    /// Bad above, worse higher.
    static func rising(_ warning: Double, _ critical: Double) -> Thresholds {
        Thresholds(steps: Threshold.rising(warning, critical))
    }

    /// Bad below.
    static func falling(_ warning: Double, _ good: Double) -> Thresholds { Threshold.falling(warning, good) }

    var node: Node {
        let first: Node = ["color": .text(base), "value": .null]
        return [
            "mode": "absolute",
            "steps": .list([first] + steps.map { ["color": .text($0.colour), "value": .number($0.value)] }),
        ]
    }
}
