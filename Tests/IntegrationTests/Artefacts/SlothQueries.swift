/// What Grafana's dashboards 14348 (SLO / Detail) and 14643 (High level Sloth SLOs) ask Prometheus.
enum SlothQueries {
    /// Every query, for the availability of checkout.
    static let all = overview + detail + windows

    private static let slo = "{sloth_service=\"checkout\", sloth_slo=\"availability\"}"

    private static let overview = [
        "count(sloth_slo_info)", "count(max(sloth_slo_info) by (sloth_service))", "avg(slo:current_burn_rate:ratio)",
        "max(ALERTS{sloth_id!=\"\", sloth_severity=\"page\"})", "slo:current_burn_rate:ratio > 1",
        "slo:current_burn_rate:ratio", "slo:period_error_budget_remaining:ratio",
    ]

    private static let detail = [
        "slo:objective:ratio\(slo)", "sloth_slo_info\(slo)", "slo:current_burn_rate:ratio\(slo) > 0",
        "slo:period_error_budget_remaining:ratio\(slo)",
        "max(ALERTS{sloth_service=\"checkout\", sloth_slo=\"availability\", sloth_severity=\"page\"})", month,
        "1 - sum_over_time(((1 / (days_in_month() * 24)) * (month() == bool vector(7)))[2m:1s])",
    ]

    /// The windows of the variable `sli_window`; without the `OR on() vector(0)` that would hide an absence.
    private static let windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"].map { window in
        "1 - max(slo:sli_error:ratio_rate\(window)\(slo))"
    }

    /// The month's burn: a division on `sloth_id`, for which there must be one series an SLO.
    ///
    /// The dashboard takes 32 days by the hour; a test has seconds.
    private static let month = """
        1 - (
          sum_over_time((slo:sli_error:ratio_rate1h\(slo) * on() group_left() (month() == bool month()))[2m:1s])
          / on(sloth_id) (slo:error_budget:ratio\(slo) * on() group_left() (24 * days_in_month()))
        )
        """
}
