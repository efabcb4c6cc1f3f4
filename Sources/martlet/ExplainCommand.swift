import Agent
import ArgumentParser

/// The command `martlet explain`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows what becomes of a line: format, fields, redactions, signals, Loki entry and document."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "text or json (one object per line).") var format: OutputFormat = .text
    @Option(help: "The service that the input would have known.") var service: String?
    @Option(help: "stdout or stderr.") var stream = "stdout"
    @Argument(help: "Lines; none: those on stdin.") var lines: [String] = []

    func run() async throws {
        try await Failure.catching {
            let configuration = try configurationOption.loadOrDefault()
            var explainer = LineExplainer(configuration, service: service, stream: stream)
            for line in lines { show(Array(line.utf8), &explainer) }
            guard lines.isEmpty else { return }
            while let line = readLine(strippingNewline: true) { show(Array(line.utf8), &explainer) }
        }
    }

    private func show(_ line: [UInt8], _ explainer: inout LineExplainer) {
        print(format == .json ? explainer.json(line) : explainer.text(line))
    }
}
