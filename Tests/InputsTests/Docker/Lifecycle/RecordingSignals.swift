import Inputs
import Synchronization

/// Remembers what is told of containers, as lines of text.
final class RecordingSignals: ContainerSignals {
    private struct State {
        var words: [String] = []
        var samples: [(container: ContainerIdentity, sample: SaturationSample)] = []
    }

    private let state = Mutex(State())

    /// What was told, but for samples.
    var words: [String] { state.withLock { $0.words } }
    /// How often this was told.
    func count(_ word: String) -> Int { words.count { $0 == word } }
    /// The samples of a container.
    func samples(_ name: String) -> [SaturationSample] {
        state.withLock { $0.samples.filter { $0.container.container == name }.map(\.sample) }
    }

    func found(_ container: ContainerIdentity) { say("found", container) }

    func sample(_ sample: SaturationSample, of container: ContainerIdentity) {
        state.withLock { $0.samples.append((container, sample)) }
    }

    func stopped(_ container: ContainerIdentity) { say("stopped", container) }

    func restarted(_ container: ContainerIdentity, times: Int) {
        for _ in 0..<times { say("restarted", container) }
    }

    func oomKilled(_ container: ContainerIdentity, times: Int) {
        for _ in 0..<times { say("oomKilled", container) }
    }

    func removed(_ container: ContainerIdentity) { say("removed", container) }

    private func say(_ word: String, _ container: ContainerIdentity) {
        state.withLock { $0.words.append("\(word) \(container.service)/\(container.container)") }
    }
}
