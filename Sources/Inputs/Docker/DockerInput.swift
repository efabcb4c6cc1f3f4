/// Reads the logs of the containers of one Docker Engine through its API.
package struct DockerInput: Input {
    package let name = "docker"
    private let options: DockerOptions
    private let own: OwnContainer
    private let signals: any ContainerSignals
    private let patience: StallWatch.Patience
    private let readContainers: ReadContainers

    /// Makes an input.
    ///
    /// - Parameters:
    ///   - options: What to read.
    ///   - own: The container that the agent runs in and that is never read.
    ///   - signals: Where to tell how the containers fare.
    ///   - patience: When a silent container is looked after.
    ///   - readContainers: Where to tell which containers are read.
    package init(
        options: DockerOptions,
        own: OwnContainer = .detect(),
        signals: any ContainerSignals = NoContainerSignals(),
        patience: StallWatch.Patience = StallWatch.Patience(),
        readContainers: ReadContainers = ReadContainers()
    ) {
        self.options = options
        self.own = own
        self.signals = signals
        self.patience = patience
        self.readContainers = readContainers
    }

    package func run(_ context: InputContext) {
        let session = DockerSession(options, own: own, context, signals: signals, patience: patience)
        session.readContainers = readContainers
        session.run()
        readContainers.ended()
    }
}
