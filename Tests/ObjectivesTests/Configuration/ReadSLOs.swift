import Objectives
import RecordPath
import Settings

/// SLOs as a configuration and its files give them, with every message.
struct ReadSLOs {
    var slos: [SLO] = []
    var messages: [String] = []

    static func read(_ text: String, files: [String: String] = [:]) -> ReadSLOs {
        var read = ReadSLOs()
        var names = AttributeNames()
        do throws(ConfigurationFailure) {
            let file = try ConfigurationFile.parse(text, file: "m.yaml")
            let set = SLOSet(
                reading: file.root,
                attributes: &names,
                paths: { pattern in files.keys.sorted().filter { $0 == pattern || pattern == "*" } },
                readFile: { (path, _) throws(FileReadFailure) in
                    guard let text = files[path] else {
                        throw FileReadFailure(reason: "does not exist", advice: "make it")
                    }
                    return Array(text.utf8)
                }
            )
            file.root.finish()
            read.slos = set.slos
            read.messages = file.problems.problems.map(\.description)
        } catch {
            read.messages = error.problems.map(\.description)
        }
        return read
    }

    /// The SLOs of one file of `slo_files`.
    static func document(_ text: String) -> ReadSLOs { read("slo_files: [f.yaml]", files: ["f.yaml": text]) }
}

extension SLO {
    /// What it counts, as text.
    var counting: [String?] { [indicator.bad?.text, indicator.good?.text, indicator.total?.text] }
}
