import RecordPath
import Settings

/// The documents of `slo_files`: Martlet's own, Sloth's `prometheus/v1` and OpenSLO v1.
struct SLODocuments {
    private let problems: ProblemCollector
    private var readers: [ConfigurationReader] = []

    init(problems: ProblemCollector) { self.problems = problems }

    /// Reads the documents of a file.
    mutating func load(_ path: String, readFile: @escaping FileReading) {
        do {
            let documents = try ConfigurationFile.foreignDocuments(path: path, readFile: readFile, problems: problems)
            for node in documents where node.entries != nil { readers.append(ConfigurationReader(node, in: problems)) }
            for node in documents where node.entries == nil && node.kind != "nothing" {
                Self.reportUnknown(ConfigurationReader(node, in: problems))
            }
        } catch {
            for problem in error.problems { problems.add(problem) }
        }
    }

    /// Everything that the documents say; OpenSLO's indicators may stand in any of them.
    func slos(attributes: inout AttributeNames) -> [SLOSet.Found] {
        let openSLO = OpenSLODocuments(readers.filter { Self.kind(of: $0) == .openSLO })
        return readers.flatMap { reader -> [SLOSet.Found] in
            switch Self.kind(of: reader) {
            case .martlet:
                let found = reader.children("slos").map { SLOSet.Found(SLO(reading: $0, attributes: &attributes), $0) }
                reader.finish()
                return found
            case .sloth: return SlothDocument(reader).slos(attributes: &attributes)
            case .openSLO: return openSLO.slos(of: reader, attributes: &attributes)
            case .unknown:
                Self.reportUnknown(reader)
                return []
            }
        }
    }

    private enum Kind {
        case martlet, sloth, openSLO, unknown
    }

    private static func kind(of reader: ConfigurationReader) -> Kind {
        let keys = reader.keys
        if keys.contains("apiVersion") {
            return reader.string("apiVersion", default: "") == "openslo/v1" ? .openSLO : .unknown
        }
        if keys.contains("version") {
            return reader.string("version", default: "") == "prometheus/v1" ? .sloth : .unknown
        }
        return keys.contains("slos") ? .martlet : .unknown
    }

    private static func reportUnknown(_ reader: ConfigurationReader) {
        let advice = "write `slos: […]`, a Sloth document of version prometheus/v1, or OpenSLO of openslo/v1"
        reader.reportSelf("this is no document with SLOs that Martlet knows", advice)
    }
}
