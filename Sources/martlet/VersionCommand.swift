import Agent
import ArgumentParser

/// The command `martlet version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Prints version, commit and build."
    )

    @Option(help: "text or json.") var format: OutputFormat = .text

    func run() {
        switch format {
        case .text: print("martlet \(Build.version) (\(Build.commit), \(Build.configuration), \(Build.compression))")
        case .json:
            print(
                "{\"version\":\"\(Build.version)\",\"commit\":\"\(Build.commit)\",\"build\":\"\(Build.configuration)\"}"
            )
        }
    }
}
