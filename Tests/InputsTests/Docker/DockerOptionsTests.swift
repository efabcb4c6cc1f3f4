import Inputs
import Settings
import Testing

@Suite("The Docker options")
struct DockerOptionsTests {
    private func read(_ text: String) -> (options: DockerOptions, messages: [String]) {
        do throws(ConfigurationFailure) {
            let file = try ConfigurationFile.parse(text, file: "m.yaml", environment: [:]) {
                (_, _) throws(FileReadFailure) in
                throw FileReadFailure(reason: "does not exist", advice: "")
            }
            let options = DockerOptions(reading: file.root.child("inputs").child("docker"))
            file.root.finish()
            return (options, file.problems.problems.map(\.description))
        } catch {
            return (DockerOptions(), error.problems.map(\.description))
        }
    }

    /// The message about one key that is written wrongly.
    private func message(_ line: String) -> String {
        read("inputs:\n  docker:\n    \(line)\n").messages.joined(separator: "\n")
    }

    @Test("are those of a usual host when nothing is written")
    func standard() {
        let (options, messages) = read("inputs:\n  docker: {}\n")
        #expect(messages.isEmpty)
        #expect(options == DockerOptions())
        #expect(options.socket == .unix(path: "/var/run/docker.sock"))
        #expect(options.start == .beginning)
        #expect(options.stats == .seconds(15))
    }

    @Test("are read whole")
    func whole() {
        let (options, messages) = read(
            """
            inputs:
              docker:
                socket: tcp://engine:2375
                include: [{name: "shop-*"}, {image: "*/api"}, {label: "team=payments"}]
                exclude: [{label: "martlet.exclude=true"}, {name: a, label: b}]
                start: 15m
                stats: 0
                read: stream
            """
        )
        #expect(messages.isEmpty)
        let expected = DockerOptions(
            socket: .tcp(host: "engine", port: 2375),
            include: [
                ContainerPattern(name: Glob("shop-*")), ContainerPattern(image: Glob("*/api")),
                ContainerPattern(label: .init("team=payments")),
            ],
            exclude: [
                ContainerPattern(label: .init("martlet.exclude=true")),
                ContainerPattern(name: Glob("a"), label: .init("b")),
            ],
            start: .ago(.seconds(900)),
            stats: .zero
        )
        #expect(options == expected)
    }

    @Test(
        "say what is wrong, where, and what to write instead",
        arguments: [
            ("socket: ssh://host", "m.yaml:3:13: inputs.docker.socket: is no address of an engine"),
            ("socket: https://host:2376", "TLS"), ("start: later", "beginning, now, or a duration"),
            ("start: 5 parsecs", "beginning, now, or a duration"), ("include: [{label: '=x'}]", "KEY=VALUE"),
            ("include: [{}]", "name, image or label"), ("include: [{nam: x}]", "name"), ("read: pigeon", "stream"),
            ("stats: often", "duration"), ("sokcet: x", "socket"),
        ]
    )
    func problems(line: String, part: String) {
        let message = message(line)
        #expect(message.contains(part), "\(message)")
    }
}
