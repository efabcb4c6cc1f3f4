import Objectives

/// The recording rules of SLOs: Sloth's series and labels, computed of sums and not of means, with gaps where there were
/// no events and never NaN.
struct SLORecordings {
    let catalogue: SLOCatalogue

    private static let identity = SLOCatalogue.identity

    /// Long windows are evaluated seldom, as they change slowly and cost most.
    var groups: [RuleGroup] {
        [
            RuleGroup("martlet-slo-sli", interval: "1m", recordings: basis + Self.shortWindows.map(window)),
            RuleGroup("martlet-slo-sli-long", interval: "5m", recordings: longWindows + monthToDate),
            RuleGroup("martlet-slo-meta", interval: "1m", recordings: meta + thresholds),
        ]
    }

    /// Windows that are cheap enough to be read from the counters.
    private static let shortWindows = ["30m", "1h", "2h", "6h"]

    private var basis: [RecordingRule] {
        [
            RecordingRule(
                "slo:sli_bad:rate5m",
                "sum by (\(Self.identity)) (rate(martlet_slo_events_total{outcome=\"bad\"}[5m]))"
            ),
            RecordingRule("slo:sli_total:rate5m", "sum by (\(Self.identity)) (rate(martlet_slo_events_total[5m]))"),
            RecordingRule(
                "slo:sli_error:ratio_rate5m",
                "slo:sli_bad:rate5m / (slo:sli_total:rate5m > 0)",
                labels: [("sloth_window", "5m")]
            ),
        ]
    }

    private func window(_ window: String) -> RecordingRule {
        RecordingRule(
            "slo:sli_error:ratio_rate\(window)",
            """
            sum by (\(Self.identity)) (rate(martlet_slo_events_total{outcome="bad"}[\(window)]))
            /
            (sum by (\(Self.identity)) (rate(martlet_slo_events_total[\(window)])) > 0)
            """,
            labels: [("sloth_window", window)]
        )
    }

    /// Days, and the periods of the SLOs; always 30 days, which Sloth's dashboards ask for.
    private var longWindows: [RecordingRule] {
        var windows = ["1d", "3d", "30d"]
        for shape in catalogue.shapes {
            let name = Self.name(shape.period)
            if shape.period != .calendarMonth, !windows.contains(name), !Self.shortWindows.contains(name) {
                windows.append(name)
            }
        }
        return windows.map { window in
            RecordingRule(
                "slo:sli_error:ratio_rate\(window)",
                "sum_over_time(slo:sli_bad:rate5m[\(window)]) / (sum_over_time(slo:sli_total:rate5m[\(window)]) > 0)",
                labels: [("sloth_window", window)]
            )
        }
    }

    /// The month so far: rates are recorded under their month, so that a sum over 31 days can leave out the last one.
    private var monthToDate: [RecordingRule] {
        guard catalogue.shapes.contains(where: { $0.period == .calendarMonth }) else { return [] }
        let month = "count_values(\"month\", month())"
        func byMonth(_ kind: String) -> RecordingRule {
            RecordingRule(
                "slo:sli_\(kind):rate5m_by_month",
                "slo:sli_\(kind):rate5m * on () group_left (month) \(month)"
            )
        }
        func toDate(_ kind: String) -> String {
            "sum by (\(Self.identity)) (sum_over_time(slo:sli_\(kind):rate5m_by_month[31d]) and on (month) \(month))"
        }
        return [
            byMonth("bad"), byMonth("total"),
            RecordingRule(
                "slo:sli_error:ratio_ratemonth",
                "\(toDate("bad"))\n/\n(\(toDate("total")) > 0)",
                labels: [("sloth_window", "month")]
            ),
        ]
    }

    private var meta: [RecordingRule] {
        let labels = Set(catalogue.shapes.flatMap { $0.labels.map(\.name) }).sorted()
        return [
            RecordingRule("slo:objective:ratio", "max by (\(Self.identity)) (martlet_slo_objective_ratio)"),
            // Rounded: one minus 0.9 is a little less than 0.1, and an alert exactly at its threshold would fire.
            RecordingRule("slo:error_budget:ratio", "round(1 - slo:objective:ratio, 1e-12)"),
            RecordingRule("slo:time_period:days", "max by (\(Self.identity)) (martlet_slo_period_seconds) / 86400"),
            RecordingRule(
                "slo:current_burn_rate:ratio",
                "slo:sli_error:ratio_rate5m / on (\(Self.identity)) slo:error_budget:ratio"
            ),
            RecordingRule("slo:period_burn_rate:ratio", periodBurnRate),
            RecordingRule("slo:period_error_budget_remaining:ratio", "1 - slo:period_burn_rate:ratio"),
            RecordingRule(
                "sloth_slo_info",
                "topk by (\(Self.identity)) (1, "
                    + "max by (\(([Self.identity] + labels).joined(separator: ", "))) (martlet_slo_info))",
                labels: [("sloth_mode", "martlet"), ("sloth_spec", "martlet/v1"), ("sloth_version", "1")]
            ),
        ]
    }

    private var periodBurnRate: String {
        let expression = catalogue.expression({ Self.name($0.period) }) { period, selector in
            "slo:sli_error:ratio_rate\(period)\(selector) / on (\(Self.identity)) slo:error_budget:ratio"
        }
        // There is always an SLO, and each has a period.
        return expression ?? "slo:sli_error:ratio_rate30d / on (\(Self.identity)) slo:error_budget:ratio"
    }

    /// The error ratio above which both windows of a tier must be: one series for each tier that an SLO has.
    private var thresholds: [RecordingRule] {
        Tier.allCases.compactMap { tier in
            catalogue.expression({ $0.factor(tier) }) { factor, selector in
                "\(PromQL.number(factor)) * slo:error_budget:ratio\(selector)"
            }.map {
                RecordingRule("slo:alert_threshold:ratio", $0, labels: [("burnrate_tier", tier.rawValue)])
            }
        }
    }

    /// How series name a period.
    static func name(_ period: Period) -> String {
        switch period {
        case .rolling(let seconds): PromQL.duration(seconds: seconds)
        case .calendarMonth: "month"
        }
    }
}
