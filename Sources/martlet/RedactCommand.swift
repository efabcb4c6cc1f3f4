import Agent
import ArgumentParser
import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The command `martlet redact`.
struct RedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Filters stdin to stdout: lines redacted by the configuration's policy."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Flag(help: "Print counts per detector and action as JSON on stderr.") var report = false
    @Flag(help: "Exit 1 when anything was redacted.") var failOnMatch = false
    @Flag(help: "Print only the lines that change, before and after; the former hold what is redacted.") var diff =
        false
    @Flag(name: [.customShort("z")], help: "Records end in NUL instead of newline.") var nulTerminated = false
    @Flag(help: "Show every detector and key rule its samples, read nothing, exit 1 when one fails.") var selftest =
        false
    @Flag(help: "Print the reference of all detectors and key rules as Markdown, read nothing.") var list = false

    func run() async throws {
        try await Failure.catching {
            if list { return print(DetectorReference.markdown(), terminator: "") }
            if selftest { return try proveCatalogue() }
            let configuration = try configurationOption.loadOrDefault()
            let isColoured = isatty(STDOUT_FILENO) == 1 && Environment.all["NO_COLOR", default: ""].isEmpty
            var filter = RedactionFilter(
                configuration,
                nulTerminated: nulTerminated,
                display: diff ? .diff(coloured: isColoured) : .lines
            )
            let result = try filter.run(from: STDIN_FILENO, to: STDOUT_FILENO)
            if report { StandardError.write(result.json + "\n") }
            if failOnMatch, !result.detectors.isEmpty { throw ExitCode(Failure.Code.checkFailed.rawValue) }
        }
    }

    private func proveCatalogue() throws {
        let rows = RedactionSelfTest.run()
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows {
            let name = row.name + String(repeating: " ", count: width - row.name.count)
            let counts = "\(row.samples) found" + (row.lookAlikes > 0 ? ", \(row.lookAlikes) look-alikes left" : "")
            print(row.failures.isEmpty ? "ok    \(name)  \(counts)" : "FAIL  \(name)  \(row.failures.count) lines")
            for failure in row.failures { print("      " + failure) }
        }
        let failed = rows.count { !$0.failures.isEmpty }
        let lines = rows.reduce(0) { $0 + $1.samples + $1.lookAlikes }
        print("\(rows.count - failed) of \(rows.count) detectors and key rules proven on \(lines) lines")
        if failed > 0 { throw ExitCode(Failure.Code.checkFailed.rawValue) }
    }
}
