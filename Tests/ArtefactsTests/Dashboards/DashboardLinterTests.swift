import Artefacts
import Testing

/// The 17 rules of grafana/dashboard-linter.
@Suite struct DashboardLinterTests {
    private let files: [DashboardFile]

    init() throws { files = try DashboardFile.all() }

    @Test("template-datasource-rule: data sources are variables with the names and labels that the linter wants")
    func datasources() {
        for file in files {
            let sources = file.variables.filter { $0["type"] as? String == "datasource" }
            #expect(!sources.isEmpty, "\(file.path)")
            #expect(sources.first?["query"] as? String == "prometheus", "\(file.path): Prometheus comes first")
            for source in sources {
                let type = source["query"] as? String ?? ""
                #expect(source["name"] as? String == "\(type)_datasource")
                #expect(source["label"] as? String == "\(type.prefix(1).uppercased() + type.dropFirst()) data source")
            }
        }
    }

    @Test("template-job-rule and template-instance-rule", arguments: ["job", "instance"])
    func jobAndInstance(_ name: String) {
        for file in files {
            let variable = file.variables.first { $0["name"] as? String == name } ?? [:]
            #expect(variable["type"] as? String == "query", "\(file.path)")
            #expect(file.datasource(variable)["uid"] == "${prometheus_datasource}")
            #expect(variable["label"] as? String == name.prefix(1).uppercased() + name.dropFirst())
            #expect(variable["multi"] as? Bool == true)
            #expect(variable["allValue"] as? String == ".+")
        }
    }

    @Test("template-label-promql-rule and template-on-time-change-reload-rule")
    func queryVariables() {
        for file in files {
            for variable in file.variables where variable["type"] as? String == "query" {
                let query = variable["query"] as? String ?? ""
                #expect(query.hasPrefix("label_values(") && query.hasSuffix(")"), "\(query)")
                #expect(PromQLText(text: query).selectors.count == 1, "\(query)")
                #expect(variable["refresh"] as? Int == 2)
            }
        }
    }

    @Test("panel-datasource-rule: panels name a variable as their data source")
    func panelDatasources() {
        for file in files {
            for panel in file.panels {
                #expect(file.datasource(panel)["uid"]?.hasPrefix("${") == true, "\(file.path): \(panel["title"] ?? "")")
            }
        }
    }

    @Test("panel-title-description-rule and panel-no-targets-rule")
    func descriptions() {
        for file in files {
            for panel in file.panels {
                let title = panel["title"] as? String ?? ""
                #expect(!title.isEmpty)
                #expect((panel["description"] as? String ?? "").count > 10, "\(file.path): \(title)")
                #expect(!file.list(panel, "targets").isEmpty, "\(file.path): \(title)")
            }
        }
    }

    /// Those of the linter's list that we use.
    private static let units: Set = [
        "none", "short", "percentunit", "s", "bytes", "binBps", "ops", "reqps", "dtdurations",
    ]

    @Test("panel-units-rule")
    func panelUnits() {
        for file in files {
            for panel in file.panels where panel["type"] as? String != "logs" {
                let config = panel["fieldConfig"] as? [String: Any]
                let defaults = config?["defaults"] as? [String: Any]
                #expect(
                    Self.units.contains(defaults?["unit"] as? String ?? ""),
                    "\(file.path): \(panel["title"] ?? "")"
                )
            }
        }
    }

    @Test("target-logql-rule and target-logql-auto-rule")
    func logQL() {
        for file in files {
            for (panel, target) in file.targets("loki") {
                let query = target["expr"] as? String ?? ""
                #expect(throws: Never.self, "\(panel): \(query)") {
                    try LogQL.check(query.replacing("$__auto", with: "5m"))
                }
                if query.contains("[") && query.contains("_over_time") {
                    #expect(query.contains("[$__auto]"), "\(panel): \(query)")
                }
            }
        }
    }

    @Test("target-rate-interval-rule: rate and irate are taken over $__rate_interval")
    func rateInterval() {
        for file in files {
            for (panel, target) in file.targets("prometheus") {
                for selector in PromQLText(text: target["expr"] as? String ?? "").selectors
                where selector.function == "rate" || selector.function == "irate" {
                    #expect(selector.range == "$__rate_interval", "\(file.path): \(panel)")
                }
            }
        }
    }

    @Test("target-job-rule and target-instance-rule, but for series that recording rules make")
    func scope() {
        for file in files {
            for (panel, target) in file.targets("prometheus") {
                for selector in PromQLText(text: target["expr"] as? String ?? "").selectors {
                    let isRecorded = selector.name.contains(":") || selector.name == "ALERTS"
                    let matchers = selector.matchers ?? ""
                    let isScoped = matchers.contains("job=~\"$job\"") && matchers.contains("instance=~\"$instance\"")
                    #expect(isScoped != isRecorded, "\(file.path): \(panel): \(selector.name){\(matchers)}")
                    if isRecorded {
                        #expect(["martlet-overview", "martlet-slo", "martlet-slo-detail"].contains(file.uid))
                    }
                }
            }
        }
    }

    @Test("target-counter-agg-rule: counters and buckets are never shown as they are")
    func counters() {
        for file in files {
            for (panel, target) in file.targets("prometheus") {
                for selector in PromQLText(text: target["expr"] as? String ?? "").selectors
                where selector.name.hasSuffix("_total") || selector.name.hasSuffix("_bucket") {
                    #expect(
                        ["rate", "increase"].contains(selector.function),
                        "\(file.path): \(panel): \(selector.name)"
                    )
                }
            }
        }
    }

    @Test("uneditable-dashboard")
    func uneditable() { for file in files { #expect(file.root["editable"] as? Bool == false) } }

    @Test(
        "target-promql-rule: Prometheus' own parser takes every expression",
        .enabled(if: Tool.isInstalled("promtool"))
    )
    func promQL() throws {
        let expressions = files.flatMap { $0.targets("prometheus") }.compactMap { $0.target["expr"] as? String }
        #expect(expressions.count > 100)
        let rules = expressions.enumerated().map { index, expression in
            let text = expression.replacing("$__rate_interval", with: "5m").replacing("$__range", with: "1h")
            return "  - {record: 'check:expression\(index)', expr: '\(text.replacing("'", with: "''"))'}\n"
        }
        let file = Artefact(path: "check.yml", text: "groups:\n- name: check\n  rules:\n" + rules.joined())
        let written = try WrittenArtefacts([file])
        defer { written.remove() }
        let result = try Tool.run(["promtool", "check", "rules", "check.yml"], in: written.folder)
        #expect(result.status == 0, "\(result.output)")
    }
}
