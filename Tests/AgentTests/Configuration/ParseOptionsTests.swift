import Agent
import RecordPath
import Settings
import Testing

@Suite struct ParseOptionsTests {
    private func multiline(_ text: String) throws -> MultilineChoice {
        try AgentConfiguration.parse("parse: {multiline: \(text)}\n").parse.multiline
    }

    @Test("multiline is auto, off, or a pattern for the first line")
    func multiline() throws {
        guard case .auto = try AgentConfiguration.parse("parse: {}\n").parse.multiline else {
            return #expect(Bool(false), "auto is the default")
        }
        guard case .auto = try multiline("auto"), case .off = try multiline("off"),
            case .start = try multiline("{start: '^#'}")
        else { return #expect(Bool(false), "one is not what was written") }
    }

    @Test(
        "What multiline cannot be is said with its place",
        arguments: ["on", "[auto]", "{start: ''}", "{start: '('}", "{start: 'x*'}", "{begin: 'x'}"]
    )
    func refused(text: String) {
        #expect(throws: ConfigurationFailure.self) { try multiline(text) }
    }

    @Test("formats narrow what lines are taken for")
    func formats() throws {
        let choice = try AgentConfiguration.parse("parse: {formats: [json, nginx]}\n").parse.choice
        #expect(choice.takesJSON && !choice.takesLogfmt)
        #expect(choice.text == [.clf, .nginxError])
        let all = try AgentConfiguration.parse("parse: {formats: [auto]}\n").parse.choice
        #expect(all.takesJSON && all.takesLogfmt && all.text == TextFormat.allCases)
    }
}
