import Synchronization

/// One bound for all tables that grow with what there is on a host: services, series, files, shapes of lines.
///
/// Whoever finds no room does with less: counts under `__other__`, starts a cache anew, lets a file wait. Shared by all
/// threads; asked when something new is met, never for a line.
package final class TableBudget: Sendable {
    /// What takes room.
    package enum Part: Int, CaseIterable, Sendable {
        /// Memory of request and trace ids.
        case ids
        /// Request and latency series.
        case series
        /// Names of services, with what is counted for each and its Loki streams.
        case services
        /// Files that are followed.
        case files
        /// SLOs, one for each service they are for.
        case objectives
        /// What workers have learnt of lines.
        case shapes

        /// What it may have at most, in twelfths of all.
        var twelfths: Int {
            switch self {
            case .ids: 12
            case .series, .files, .objectives: 6
            case .services: 4
            case .shapes: 3
            }
        }
    }

    /// Twelfths that are kept for files: who waits for one waits for all of its lines.
    private static let keptForFiles = 2

    private struct State {
        var used = 0
        var parts = [Int](repeating: 0, count: Part.allCases.count)
    }

    /// Bytes for all parts together.
    package let limit: Int
    private let state = Mutex(State())

    /// Makes an empty one; without a limit everything finds room.
    package init(limit: Int = .max / 16) { self.limit = limit }

    /// Takes `bytes` for a part; false: there is no room, and nothing was taken.
    package func take(_ bytes: Int, for part: Part) -> Bool {
        state.withLock { state in
            guard room(part, state) >= bytes else { return false }
            state.used += bytes
            state.parts[part.rawValue] += bytes
            return true
        }
    }

    /// Notes that a part has so many bytes, whether there is room or not.
    package func set(_ bytes: Int, for part: Part) {
        state.withLock { state in
            state.used += bytes - state.parts[part.rawValue]
            state.parts[part.rawValue] = bytes
        }
    }

    /// Takes `bytes` whether there is room or not, or gives them back where they are negative.
    package func add(_ bytes: Int, to part: Part) {
        state.withLock { state in
            state.used += bytes
            state.parts[part.rawValue] += bytes
        }
    }

    /// What a part may still take.
    package func room(for part: Part) -> Int { state.withLock { room(part, $0) } }

    /// What all parts have.
    package var used: Int { state.withLock { $0.used } }

    private func room(_ part: Part, _ state: State) -> Int {
        let kept = part == .files ? 0 : limit / 12 * Self.keptForFiles - state.parts[Part.files.rawValue]
        let free = limit - state.used - max(0, kept)
        return max(0, min(free, limit / 12 * part.twelfths - state.parts[part.rawValue]))
    }
}
