import Artefacts
import Testing

/// Series that rules and dashboards ask for.
@Suite struct SeriesTests {
    /// What the agent exports, by its specification.
    private static let exported: Set = [
        "martlet_requests_total", "martlet_request_errors_total", "martlet_request_duration_seconds_bucket",
        "martlet_log_records_total", "martlet_container_cpu_ratio", "martlet_container_cpu_throttled_ratio",
        "martlet_container_memory_ratio", "martlet_container_pids_ratio", "martlet_container_restarts_total",
        "martlet_container_oom_kills_total", "martlet_saturation_ratio", "martlet_slo_events_total",
        "martlet_slo_objective_ratio", "martlet_slo_period_seconds", "martlet_slo_info", "martlet_slo_burn_rate",
        "martlet_slo_error_ratio", "martlet_slo_window_coverage_ratio", "martlet_slo_error_budget_remaining_ratio",
        "martlet_slo_error_budget_exhaustion_seconds", "martlet_slo_alert_active", "martlet_records_read_total",
        "martlet_bytes_read_total", "martlet_input_up", "martlet_input_gaps_total", "martlet_records_truncated_total",
        "martlet_timestamps_replaced_total", "martlet_slo_late_events_total", "martlet_records_dropped_total",
        "martlet_records_shipped_total", "martlet_records_in_flight", "martlet_conservation_error",
        "martlet_records_parsed_total", "martlet_records_correlated_total", "martlet_trace_context_breaks_total",
        "martlet_redactions_total", "martlet_output_requests_total", "martlet_output_request_duration_seconds_bucket",
        "martlet_output_bytes_total", "martlet_output_uncertain_records_total", "martlet_output_breaker_open",
        "martlet_output_up", "martlet_output_retry_seconds", "martlet_spool_bytes", "martlet_spool_oldest_seconds",
        "martlet_delivery_lag_seconds_bucket", "martlet_readiness_findings", "martlet_series_limited_total",
        "martlet_build_info", "martlet_config_hash_info", "martlet_config_reloads_total", "process_cpu_seconds_total",
        "process_resident_memory_bytes", "process_open_fds", "process_max_fds", "process_start_time_seconds", "up",
        "ALERTS",
    ]

    @Test("Rules and panels ask for series that the agent exports or a rule records, and for no other")
    func known() throws {
        for blueprint in [Blueprints.standard, try Blueprints.mixed()] {
            let set = ArtefactSet(blueprint)
            let recordings = set.ruleFiles.flatMap(\.recordings)
            let known = Self.exported.union(recordings.map(\.record))
            var expressions = recordings.map(\.expression) + set.ruleFiles.flatMap(\.alerts).map(\.expression)
            expressions += set.pages.flatMap(\.panels).flatMap(\.targets).filter { $0.source == .prometheus }
                .map(\.expression)
            for expression in expressions {
                let unknown = PromQLText(text: expression).selectors.map(\.name).filter { !known.contains($0) }
                #expect(unknown.isEmpty, "\(expression)")
            }
        }
    }

    @Test("Sloth's series are recorded under Sloth's names, with its labels")
    func sloth() throws {
        let recordings = ArtefactSet(try Blueprints.mixed()).ruleFiles[0].recordings
        let names = Set(recordings.map(\.record))
        for window in ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d", "4w", "1w"] {
            let rule = recordings.first { $0.record == "slo:sli_error:ratio_rate\(window)" }
            #expect(rule?.labels.first?.0 == "sloth_window" && rule?.labels.first?.1 == window, "\(window)")
        }
        for name in [
            "slo:objective:ratio", "slo:error_budget:ratio", "slo:time_period:days", "slo:current_burn_rate:ratio",
            "slo:period_burn_rate:ratio", "slo:period_error_budget_remaining:ratio", "sloth_slo_info",
        ] { #expect(names.contains(name), "\(name)") }
    }

    @Test("The same configuration gives the same bytes")
    func deterministic() throws {
        let blueprint = try Blueprints.mixed()
        #expect(ArtefactSet(blueprint).files(.all) == ArtefactSet(blueprint).files(.all))
        let paths = ArtefactSet(blueprint).files(.all).map(\.path)
        #expect(Set(paths).count == paths.count)
        #expect(paths == paths.sorted())
    }
}
