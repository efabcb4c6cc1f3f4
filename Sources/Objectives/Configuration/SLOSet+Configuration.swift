import RecordPath
import Settings

extension SLOSet {
    /// SLOs that a configuration may have: each costs up to 57 KiB and a few nanoseconds a record.
    private static let maximumSLOs = 1_000

    /// Reads `slos`, and the files of `slo_files`; what is wrong is reported to the reader's collector.
    ///
    /// - Parameters:
    ///   - root: The whole configuration.
    ///   - attributes: Gets the attributes that expressions name.
    ///   - paths: The files that a pattern of `slo_files` stands for.
    ///   - readFile: Reads one of them.
    package init(
        reading root: ConfigurationReader,
        attributes: inout AttributeNames,
        paths: (String) -> [String] = { [$0] },
        readFile: @escaping FileReading = DiskFile.read
    ) {
        var found = root.children("slos").map { Found(SLO(reading: $0, attributes: &attributes), $0) }
        var documents = SLODocuments(problems: root.problems)
        for pattern in root.strings("slo_files", default: []) {
            let files = paths(pattern)
            if files.isEmpty {
                root.report("slo_files", "\(MessageText.quoted(pattern)) is no file", "name one, or remove it")
            }
            for file in files { documents.load(file, readFile: readFile) }
        }
        found += documents.slos(attributes: &attributes)
        self.init(Self.unique(found))
    }

    /// An SLO and where it stands.
    struct Found {
        let slo: SLO?
        let reader: ConfigurationReader

        init(_ slo: SLO?, _ reader: ConfigurationReader) {
            self.slo = slo
            self.reader = reader
        }
    }

    /// Reports ids that stand twice: `a-b` of `c` and `b-c` of `a` would share their series too.
    private static func unique(_ found: [Found]) -> [SLO] {
        var places: [String: Mark] = [:]
        var slos: [SLO] = []
        for (slo, reader) in found.compactMap({ found in found.slo.map { ($0, found.reader) } }) {
            if let other = places[slo.slothID] {
                let problem = "\(MessageText.quoted(slo.slothID)) stands at \(other) already"
                reader.reportSelf(problem, "give one of the two another name: service and name make the id")
                continue
            }
            guard slos.count < maximumSLOs else {
                reader.reportSelf("more than \(maximumSLOs) SLOs", "use one with service \"*\" for many services")
                break
            }
            places[slo.slothID] = reader.mark
            slos.append(slo)
        }
        return slos
    }
}
