/// All series of one metric, with what a scraper wants to know about them.
///
/// Names are given without the suffix that their kind brings: `martlet_requests` is exposed as
/// `martlet_requests_total`, `martlet_build` as `martlet_build_info`.
package struct MetricFamily: Sendable, Equatable {
    /// What a number means; decides the suffix.
    package enum Kind: String, Sendable {
        case counter, gauge, histogram, info
    }

    /// The series, in the shape that the kind has.
    package enum Series: Sendable, Equatable {
        /// Of a counter, gauge or info metric.
        case samples(SampleList<MetricSample>)
        /// Of a histogram; upper bounds ascending, without `+Inf`.
        case histograms(bounds: [Double], SampleList<HistogramSample>)
    }

    /// Without suffix, matching `[a-z_][a-z0-9_]*`.
    package let name: String
    /// What a number means.
    package let kind: Kind
    /// `seconds`, `bytes`, `ratio`: the last part of the name, or nil.
    package let unit: String?
    /// One sentence.
    package let help: String
    /// The series.
    package private(set) var series: Series

    private init(_ name: String, _ kind: Kind, unit: String?, help: String, series: Series) {
        precondition(Self.isValid(name), "\(name) is no metric name")
        precondition(unit.map { name.hasSuffix("_" + $0) } ?? true, "\(name) does not end in its unit")
        self.name = name
        self.kind = kind
        self.unit = unit
        self.help = help
        self.series = series
    }

    /// A number that only grows; `name` without `_total`.
    package static func counter(
        _ name: String,
        unit: String? = nil,
        help: String,
        _ samples: [MetricSample]
    ) -> MetricFamily {
        counter(name, unit: unit, help: help, SampleList(samples))
    }

    /// A number that only grows, of many series.
    package static func counter(
        _ name: String,
        unit: String? = nil,
        help: String,
        _ samples: SampleList<MetricSample>
    ) -> MetricFamily {
        MetricFamily(name, .counter, unit: unit, help: help, series: .samples(samples))
    }

    /// A number that goes up and down.
    package static func gauge(
        _ name: String,
        unit: String? = nil,
        help: String,
        _ samples: [MetricSample]
    ) -> MetricFamily {
        MetricFamily(name, .gauge, unit: unit, help: help, series: .samples(SampleList(samples)))
    }

    /// Text that belongs to a thing, as labels; `name` without `_info`.
    package static func info(_ name: String, help: String, _ labels: [LabelSet]) -> MetricFamily {
        MetricFamily(
            name,
            .info,
            unit: nil,
            help: help,
            series: .samples(SampleList(labels.map { MetricSample($0, 1) }))
        )
    }

    /// A distribution over fixed bounds; each sample has a count for each bound and one for what is above.
    package static func histogram(
        _ name: String,
        unit: String? = nil,
        help: String,
        bounds: [Double],
        _ samples: [HistogramSample]
    ) -> MetricFamily {
        histogram(name, unit: unit, help: help, bounds: bounds, SampleList(samples))
    }

    /// A distribution over fixed bounds, of many series.
    package static func histogram(
        _ name: String,
        unit: String? = nil,
        help: String,
        bounds: [Double],
        _ samples: SampleList<HistogramSample>
    ) -> MetricFamily {
        precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "the bounds of \(name) do not ascend")
        return MetricFamily(name, .histogram, unit: unit, help: help, series: .histograms(bounds: bounds, samples))
    }

    /// Families of the same name as one, since a family must not come twice; the first one's texts stay.
    ///
    /// A family whose kind or bounds differ from the first of its name is left out.
    package static func merged(_ families: [MetricFamily]) -> [MetricFamily] {
        var result: [MetricFamily] = []
        var places: [String: Int] = [:]
        for family in families {
            guard let place = places[family.name] else {
                places[family.name] = result.count
                result.append(family)
                continue
            }
            result[place].take(family)
        }
        return result
    }

    private mutating func take(_ other: MetricFamily) {
        switch (series, other.series) {
        case (.samples(let mine), .samples(let others)) where kind == other.kind:
            series = .samples(SampleList(Array(mine) + Array(others)))
        case (.histograms(let bounds, let mine), .histograms(let same, let others)) where bounds == same:
            series = .histograms(bounds: bounds, SampleList(Array(mine) + Array(others)))
        default: break
        }
    }

    private static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, first > UInt8(ascii: "9") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
