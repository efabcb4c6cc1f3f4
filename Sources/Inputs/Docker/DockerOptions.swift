/// `inputs.docker`: the containers of one Docker Engine.
package struct DockerOptions: Sendable, Equatable {
    /// Where the engine listens.
    package var socket: EngineAddress
    /// Containers that fit any of these are read; all when empty.
    package var include: [ContainerPattern]
    /// Containers that fit any of these are not.
    package var exclude: [ContainerPattern]
    /// Where reading begins in a container that was never seen before.
    package var start: Start
    /// How often saturation is sampled; zero turns it off.
    package var stats: Duration
    /// How the lines are read.
    package var read: Read

    /// Where reading begins.
    package enum Start: Sendable, Equatable {
        case beginning
        case now
        /// This long before the agent's start.
        case ago(Duration)
    }

    /// How the lines are read.
    package enum Read: String, Sendable, CaseIterable {
        /// The engine's API.
        case stream
        /// The json-file driver's files, where the engine's folder is mounted.
        case file
    }

    /// Makes options; the defaults are those of the configuration.
    package init(
        socket: EngineAddress = .unix(path: "/var/run/docker.sock"),
        include: [ContainerPattern] = [],
        exclude: [ContainerPattern] = [],
        start: Start = .beginning,
        stats: Duration = .seconds(15),
        read: Read = .stream
    ) {
        self.socket = socket
        self.include = include
        self.exclude = exclude
        self.start = start
        self.stats = stats
        self.read = read
    }
}
