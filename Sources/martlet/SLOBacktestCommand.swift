import Agent
import ArgumentParser

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The command `martlet slo backtest`.
struct SLOBacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Computes the configuration's SLOs over recorded logs: when would each alert tier have fired?",
        discussion:
            "Takes archives of Martlet, json-file and CRI logs, dumps of `docker logs`, any log file; plain or gzip."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "text or json (one object per line).") var format: OutputFormat = .text
    @Option(help: "The service of lines that name none (default: the file's folder).") var service: String?
    @Argument(help: "Files; - is stdin.") var files: [String]

    func run() async throws {
        try await Failure.catching {
            let configuration = try configurationOption.load()
            guard configuration.hasObjectives else {
                throw Failure(
                    code: .configuration,
                    message: "\(configurationOption.file): there are no slos to compute"
                )
            }
            let bar = ProgressBar()
            let result = try BacktestRun(configuration, service: service).run(files) { bar.show($0) }
            bar.end()
            if format == .json {
                for line in result.jsonLines { print(line) }
            } else {
                print(BacktestText(result).text, terminator: "")
            }
        }
    }
}

/// A bar on stderr, on a terminal only.
private final class ProgressBar {
    private static let width = 40
    private let isShown = isatty(2) == 1
    private var shown = -1

    func show(_ progress: BacktestRun.Progress) {
        guard isShown else { return }
        let (share, what) =
            switch progress {
            case .reading(let done, let total): (total > 0 ? Double(done) / Double(total) : 0, "reading")
            case .computing(let share): (share, "computing")
            }
        let steps = Int(min(max(share, 0), 1) * Double(Self.width))
        let step = steps + (what == "reading" ? 0 : 1_000)
        guard step != shown else { return }
        shown = step
        let bar = String(repeating: "#", count: steps) + String(repeating: ".", count: Self.width - steps)
        StandardError.write("\r\(what) [\(bar)] \(Int(share * 100))% ")
    }

    func end() { if isShown, shown >= 0 { StandardError.write("\r\u{1B}[K") } }
}
