import Artefacts
import Foundation
import Testing

/// What dashboard-linter does not look at and users trip over.
@Suite struct DashboardTests {
    private let files: [DashboardFile]

    init() throws { files = try DashboardFile.all() }

    @Test("There are the eight dashboards, with stable uids and titles of their own")
    func names() {
        let names = ["agent", "logs", "overview", "privacy", "readiness", "service", "slo", "slo-detail"]
        #expect(files.map(\.uid).sorted() == names.map { "martlet-\($0)" })
        #expect(Set(files.map(\.title)).count == files.count)
        for file in files { #expect((8...40).contains(file.uid.count)) }
    }

    @Test("No data source has a fixed uid, in variables and annotations neither")
    func noFixedDatasource() {
        for file in files {
            for object in file.variables + file.annotations where object["datasource"] != nil {
                let uid = file.datasource(object)["uid"] ?? ""
                #expect(uid.hasPrefix("${") || uid == "-- Grafana --", "\(file.path): \(object["name"] ?? "")")
            }
        }
    }

    @Test("Nothing is left for the import wizard: no __inputs, no id, no current choice")
    func provisionable() {
        for file in files {
            for key in ["__inputs", "__requires", "id"] { #expect(file.root[key] == nil) }
            for variable in file.variables { #expect(variable["current"] == nil) }
        }
    }

    @Test("Absence is never painted over")
    func absence() {
        for file in files {
            for (panel, target) in file.targets("prometheus") {
                let expression = target["expr"] as? String ?? ""
                #expect(!expression.contains("or vector(") && !expression.contains("or on() vector("), "\(panel)")
            }
            for panel in file.panels {
                let defaults = (panel["fieldConfig"] as? [String: Any])?["defaults"] as? [String: Any]
                #expect(defaults?["noValue"] as? String == "no data")
                #expect((defaults?["custom"] as? [String: Any])?["spanNulls"] as? Bool != true)
            }
        }
    }

    @Test("Links between dashboards lead to dashboards, and to variables that they have")
    func links() throws {
        let files = Dictionary(uniqueKeysWithValues: self.files.map { ($0.uid, $0) })
        let texts = ArtefactSet(Blueprints.standard).files(.all).filter { !$0.path.hasSuffix(".md") }.map(\.text)
        var count = 0
        for text in texts {
            for part in text.components(separatedBy: "/d/").dropFirst() {
                let uid = String(part.prefix { $0.isLetter || $0 == "-" })
                let file = try #require(files[uid], "/d/\(uid)")
                let query = part.dropFirst(uid.count).prefix { !$0.isWhitespace && $0 != "\"" || $0 == " " }
                for variable in query.components(separatedBy: "var-").dropFirst() {
                    let name = String(variable.prefix { $0.isLetter || $0 == "_" })
                    #expect(file.variables.contains { $0["name"] as? String == name }, "\(uid) has no \(name)")
                }
                count += 1
            }
        }
        #expect(count > 40)
    }

    @Test("Panels lie side by side, and their ids differ")
    func layout() {
        for file in files {
            var taken: Set<[Int]> = []
            let all = file.root["panels"] as? [[String: Any]] ?? []
            #expect(Set(all.map { $0["id"] as? Int ?? 0 }).count == all.count)
            for panel in all {
                let place = panel["gridPos"] as? [String: Int] ?? [:]
                let (x, y, w, h) = (place["x"] ?? 0, place["y"] ?? 0, place["w"] ?? 0, place["h"] ?? 0)
                #expect(w > 0 && h > 0 && x + w <= 24)
                for column in x..<(x + w) {
                    for line in y..<(y + h) { #expect(taken.insert([column, line]).inserted, "\(file.path)") }
                }
            }
        }
    }

    @Test("Variables that queries use are there, and those that are there are used")
    func variables() {
        for file in files {
            let text =
                String(describing: file.panels) + String(describing: file.variables)
                + String(describing: file.annotations)
            for variable in file.variables {
                let name = variable["name"] as? String ?? ""
                #expect(text.contains("$\(name)") || text.contains("${\(name)}"), "\(file.path): \(name)")
            }
            for part in text.components(separatedBy: "=~\"$").dropFirst() {
                let name = String(part.prefix { $0.isLetter || $0 == "_" })
                #expect(file.variables.contains { $0["name"] as? String == name }, "\(file.path): \(name)")
            }
        }
    }

    @Test("Grafana's own model loads every dashboard and loses nothing of it")
    func foundation() throws {
        let written = try WrittenArtefacts(ArtefactSet(Blueprints.standard).files(.dashboards))
        defer { written.remove() }
        let script = URL(fileURLWithPath: #filePath).appending(path: "../../../../scripts/load-dashboards").standardized
        let result = try Tool.run([script.path, written.folder + "/dashboards"], in: written.folder)
        if result.status == 77 {
            print("\(result.output)")
            return
        }
        #expect(result.status == 0, "\(result.output)")
    }
}
