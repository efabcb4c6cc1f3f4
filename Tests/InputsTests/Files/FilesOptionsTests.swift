import Inputs
import Settings
import Testing

struct FilesOptionsTests {
    @Test func `the list is read with its defaults`() throws {
        let file = try ConfigurationFile.parse(
            """
            inputs:
              files:
                - {paths: ["/var/log/pods/*/*/*.log"], exclude: ["*.gz"], format: cri, start: now}
                - {paths: [/var/log/app.log]}
              stdin: {service: shop}
            """
        )
        let inputs = file.root.child("inputs")
        let options = FilesOptions(reading: inputs)
        let stdin = StdinOptions(reading: inputs.child("stdin"))
        file.root.finish()
        #expect(file.problems.problems == [])
        #expect(
            options.groups == [
                FilesOptions.Group(paths: ["/var/log/pods/*/*/*.log"], exclude: ["*.gz"], format: .cri, start: .now),
                FilesOptions.Group(paths: ["/var/log/app.log"]),
            ]
        )
        #expect(stdin == StdinOptions(service: "shop"))
    }

    @Test func `what cannot work is reported at its place`() throws {
        let file = try ConfigurationFile.parse(
            """
            inputs:
              files:
                - {paths: [app.log], format: json}
                - {path: [/a]}
            """
        )
        _ = FilesOptions(reading: file.root.child("inputs"))
        file.root.finish()
        let problems = file.problems.problems.map { "\($0)" }
        #expect(problems.count == 4)
        for word in ["`app.log` is not a path", "json", "no file is named", "path"] {
            #expect(problems.contains { $0.contains(word) }, "\(word): \(problems)")
        }
    }
}
