/// A panel: what it shows, in which form, and what it asks for that.
package struct Panel: Sendable {
    /// The form.
    package enum Kind: String, Sendable {
        case timeseries, stat, table, heatmap, logs
        case states = "state-timeline"
    }

    package let kind: Kind
    package let title: String
    /// What it means, and what is good.
    package let description: String
    var unit = Unit.short
    package let targets: [Target]
    /// Of 24.
    var width = 8
    var height = 8
    var min: Double?
    var max: Double?
    var thresholds: Thresholds = []
    /// Lines at the thresholds.
    var showsThresholds = false
    var isLogarithmic = false
    var isStacked = false
    /// Series whose names begin so are dashed lines.
    var dashed: String?
    var columns: [Column] = []
    /// The column that a table is sorted by, worst first.
    var sort: (column: String, descending: Bool)?
    /// Values and the words that stand for them.
    var words: [Word] = []
    /// A range of its own: `30d`.
    var range: String?
    /// Where a click leads: title and address.
    var links: [Link] = []

    struct Word: Sendable {
        let value: String
        let text: String
        let colour: String
    }

    struct Link: Sendable {
        let title: String
        let address: String
    }

    init(_ kind: Kind, _ title: String, _ description: String, _ targets: [Target]) {
        self.kind = kind
        self.title = title
        self.description = description
        self.targets = targets
    }

    /// A course over time.
    static func course(_ title: String, _ unit: Unit, _ description: String, _ targets: Target...) -> Panel {
        Panel(.timeseries, title, description, targets).with {
            $0.unit = unit
            $0.min = 0
        }
    }

    /// One number.
    static func number(_ title: String, _ unit: Unit, _ description: String, _ target: Target) -> Panel {
        Panel(.stat, title, description, [target]).with {
            $0.unit = unit
            $0.width = 4
            $0.height = 4
        }
    }

    /// A table with a row for each set of labels.
    static func table(_ title: String, _ description: String, _ targets: [Target], _ columns: [Column]) -> Panel {
        Panel(.table, title, description, targets).with {
            $0.width = 24
            $0.columns = columns
        }
    }

    /// States over time.
    static func states(_ title: String, _ description: String, _ target: Target, _ words: [Word]) -> Panel {
        Panel(.states, title, description, [target]).with { $0.words = words }
    }

    /// Lines of logs.
    static func lines(_ title: String, _ description: String, _ target: Target) -> Panel {
        Panel(.logs, title, description, [target]).with {
            $0.width = 24
            $0.height = 12
        }
    }

    /// Where latencies lie over time.
    static func heatmap(_ title: String, _ description: String, _ target: Target) -> Panel {
        Panel(.heatmap, title, description, [target]).with { $0.unit = .seconds }
    }

    /// A copy with changes.
    func with(_ change: (inout Panel) -> Void) -> Panel {
        var copy = self
        change(&copy)
        return copy
    }
}
