import Agent
import ArgumentParser

/// The command `martlet tap`.
struct TapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tap",
        abstract: "Follows redacted records of the running agent."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "Only this service.") var service: String?
    @Option(help: "Only this level and those above: trace, debug, info, warn, error, fatal.") var level: String?
    @Option(help: "Only records of this trace, 32 hexadecimal digits.") var trace: String?
    @Option(help: "Only lines that hold this text.") var grep: String?
    @Option(help: "text, json (a document a line), or raw (the redacted line).") var format: RecordFormat = .text

    func run() async throws {
        try await Failure.catching {
            var wish = Tap.Wish()
            wish.format = format.rawValue
            (wish.service, wish.level, wish.trace, wish.grep) = (service, level, trace, grep)
            try await Tap(try configurationOption.load(), wish).run()
        }
    }
}

/// How `tap` shows a record.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, raw
}
