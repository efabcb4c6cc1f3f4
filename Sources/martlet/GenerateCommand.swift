import Agent
import ArgumentParser
import Artefacts

/// The command `martlet generate`.
struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Writes dashboards, alerts, runbooks and the configuration's schema."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Argument(help: "dashboards, provisioning, alerts, runbooks, schema or all.") var kind: ArtefactSet.Kind
    @Option(help: "Folder that gets `dashboards`, `alerts` and `schema`.") var out = "."
    @Flag(help: "Write nothing; exit 1 with a diff where the folder differs.") var check = false
    @Option(help: "Grafana's address, for links in alerts (default: links begin with /d/).") var grafana = ""
    @Option(help: "What stands before NAME.md in links to runbooks.") var runbooks = "alerts/runbooks/"

    func run() async throws {
        try await Failure.catching {
            let places = Places(grafana: grafana, runbooks: runbooks)
            let files = ArtefactSet(Blueprint(try configurationOption.load(), places: places)).files(kind)
            if check { return try compare(files) }
            for file in files { try GeneratedFile(folder: out, file).write() }
            print("\(files.count) files written to \(out)")
        }
    }

    private func compare(_ files: [Artefact]) throws {
        let differences = try files.compactMap { file in
            Difference(path: file.path, found: try GeneratedFile(folder: out, file).read(), wanted: file.text)
        }
        for difference in differences { print(difference.text, terminator: "") }
        guard differences.isEmpty else {
            let advice = "run `martlet generate \(kind.rawValue)` without --check"
            let message = "\(differences.count) of \(files.count) files in \(out) differ; \(advice)"
            throw Failure(code: .checkFailed, message: message)
        }
        print("\(files.count) files are as generated")
    }
}

extension ArtefactSet.Kind: ExpressibleByArgument {}
