/// Reads the logs of the containers of one Docker Engine through its API.
package struct DockerInput: Input {
    package let name = "docker"
    private let options: DockerOptions
    private let own: OwnContainer

    /// Makes an input; `own` is the container that the agent runs in and that is never read.
    package init(options: DockerOptions, own: OwnContainer = .detect()) {
        self.options = options
        self.own = own
    }

    package func run(_ context: InputContext) { DockerSession(options, own: own, context).run() }
}
