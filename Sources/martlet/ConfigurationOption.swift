import Agent
import ArgumentParser
import Settings

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// `-c`, which every command takes, and what it stands for when it is not given.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: "Configuration file (default: $MARTLET_CONFIG, /etc/martlet/martlet.yaml, Config/martlet.yaml)."
    )
    var path: String?

    /// The file that counts.
    var file: String {
        if let path { return path }
        if let path = Environment.all["MARTLET_CONFIG"], !path.isEmpty { return path }
        let installed = "/etc/martlet/martlet.yaml"
        return access(installed, R_OK) == 0 ? installed : "Config/martlet.yaml"
    }

    /// Reads it; a configuration with problems ends the command with all of them and 78.
    func load() throws -> AgentConfiguration {
        do {
            return try AgentConfiguration.load(path: file, environment: Environment.all)
        } catch {
            throw Failure(code: .configuration, message: error.description)
        }
    }

    /// Like `load`, for commands that work without a configuration: where no file is named and none is installed,
    /// every key has its default.
    func loadOrDefault() throws -> AgentConfiguration {
        let isNamed = path != nil || !(Environment.all["MARTLET_CONFIG"] ?? "").isEmpty
        if !isNamed, access(file, R_OK) != 0 { return AgentConfiguration.standard }
        return try load()
    }
}
