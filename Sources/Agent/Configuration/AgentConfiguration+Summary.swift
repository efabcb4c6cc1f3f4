import Inputs
import Outputs
import Settings

extension AgentConfiguration {
    /// What would run, for `validate`.
    package struct Summary: Sendable {
        /// One line each, for people.
        package let text: String
        /// One object, for scripts.
        package let json: String
    }

    /// What would run with this configuration.
    package func summary(file: String) -> Summary {
        let inputs = self.inputs(signals: NoContainerSignals()).map(\.name)
        let outputs = self.outputNames
        let lines =
            [
                "\(file) is valid",
                "inputs:   \(inputs.isEmpty ? "none; lines come from nowhere" : inputs.joined(separator: ", "))",
                "outputs:  \(outputs.isEmpty ? "none; records are only counted" : outputs.joined(separator: ", "))",
                "data:     \(agent.dataDirectory)",
                "metrics:  http://\(agent.listen)/metrics",
                "memory:   \(memory.summary)",
            ] + objectiveLines
        let names = { (list: [String]) in list.map { "\"\($0)\"" }.joined(separator: ",") }
        let json =
            "{\"valid\":true,\"inputs\":[\(names(inputs))],\"outputs\":[\(names(outputs))],"
            + "\"slos\":\(objectivesJSON),\"config_hash\":\"\(hash)\"}"
        return Summary(text: lines.joined(separator: "\n"), json: json)
    }

    /// The names of the outputs that it names.
    var outputNames: [String] {
        var names: [String] = []
        if loki != nil { names.append("loki") }
        if opensearch != nil { names.append("opensearch") }
        if archive != nil { names.append("archive") }
        return names
    }
}
