import Inputs
import Settings
import Testing

@Suite("The journal's options")
struct JournalOptionsTests {
    private func read(_ text: String) -> (options: JournalOptions, messages: [String]) {
        do throws(ConfigurationFailure) {
            let file = try ConfigurationFile.parse(text, file: "m.yaml", environment: [:]) {
                (_, _) throws(FileReadFailure) in
                throw FileReadFailure(reason: "does not exist", advice: "")
            }
            let options = JournalOptions(reading: file.root.child("inputs").child("journald"))
            file.root.finish()
            return (options, file.problems.problems.map(\.description))
        } catch {
            return (JournalOptions(), error.problems.map(\.description))
        }
    }

    @Test("are safe when nothing is written")
    func defaults() {
        let read = read("inputs:\n  journald: {}\n")
        #expect(read.options == JournalOptions(units: [], matches: [], priority: .debug, source: .local, start: .now))
        #expect(read.messages.isEmpty)
    }

    @Test("are read whole")
    func readsAll() {
        let read = read(
            """
            inputs:
              journald:
                units: [nginx, a@b.service]
                matches: ["_TRANSPORT=kernel"]
                priority: warning
                directory: /var/log/journal
                start: 15m
            """
        )
        #expect(read.messages.isEmpty)
        #expect(
            read.options
                == JournalOptions(
                    units: ["nginx.service", "a@b.service"],
                    matches: ["_TRANSPORT=kernel"],
                    priority: .warning,
                    source: .directory("/var/log/journal"),
                    start: .ago(.seconds(900))
                )
        )
    }

    @Test(
        "say what is wrong, and where",
        arguments: [
            ("units: [\"a*\"]", "units"), ("matches: [\"lower=1\"]", "matches"), ("matches: [\"A\"]", "matches"),
            ("priority: loud", "priority"), ("start: yesterday", "start"), ("directory: log", "directory"),
            ("directory: /a\n    namespace: b", "namespace"), ("namespace: a/b", "namespace"),
            ("unit: [a]", "unit"),
        ]
    )
    func reportsProblems(_ text: String, _ key: String) {
        let read = read("inputs:\n  journald:\n    \(text)\n")
        #expect(read.messages.count == 1)
        #expect(read.messages.first?.contains("inputs.journald.\(key)") == true, "\(read.messages)")
    }

    @Test("keep a position for each journal")
    func separatesPositions() {
        let sources: [JournalOptions.Source] = [.local, .directory("/a"), .namespace("a")]
        #expect(Set(sources.map { JournalOptions(source: $0).positionKey }).count == 3)
    }
}
