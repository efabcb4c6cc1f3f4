import Settings

/// Reads the groups of options that this module owns, as the agent does with the whole file.
struct ReadShape {
    var agent = AgentOptions()
    var delivery = DeliveryOptions()
    var auth = AuthOptions.none
    var tls = TLSOptions()
    var bool = false
    var names: [String] = []
    var messages: [String] = []

    /// The options of a text, and every message about it.
    static func read(
        _ text: String,
        environment: [String: String] = [:],
        files: [String: String] = [:]
    ) -> ReadShape {
        var shape = ReadShape()
        do throws(ConfigurationFailure) {
            let file = try ConfigurationFile.parse(
                text,
                file: "m.yaml",
                environment: environment,
                readFile: inMemory(files)
            )
            shape.takeOptions(file.root)
            file.root.finish()
            shape.messages = file.problems.problems.map(\.description)
        } catch {
            shape.messages = error.problems.map(\.description)
        }
        return shape
    }

    private mutating func takeOptions(_ root: ConfigurationReader) {
        let loki = root.child("outputs").child("loki")
        agent = AgentOptions(reading: root.child("agent"))
        delivery = DeliveryOptions(reading: root.child("delivery"))
        auth = AuthOptions(reading: loki.child("auth"))
        tls = TLSOptions(reading: loki.child("tls"))
        bool = root.bool("flag", default: false)
        names = root.strings("names", default: [])
    }
}

/// Files that are held in memory; any other does not exist.
func inMemory(_ files: [String: String]) -> FileReading {
    { (path, _) throws(FileReadFailure) in
        guard let text = files[path] else {
            throw FileReadFailure(reason: "does not exist", advice: "make the file or name another")
        }
        return Array(text.utf8)
    }
}
