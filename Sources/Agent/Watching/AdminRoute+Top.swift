import Admin
import RecordPath

extension AdminRoute {
    /// A frame of `martlet top`, on `/api/v1/top`: lines of text, `?columns=N` wide, in colours with `colour=1`.
    ///
    /// Rates are over the time since the first question of the last ten seconds.
    static func top(_ figures: @escaping @Sendable () -> TopFigures) -> AdminRoute {
        AdminRoute("/api/v1/top", .token) { request in
            let columns = Int(request.parameter("columns") ?? "100") ?? 100
            let screen = TopScreen(
                palette: request.parameter("colour") == "1" ? .ansi : .plain,
                width: min(max(columns, 40), 1000)
            )
            return .text(200, screen.lines(figures()).joined(separator: "\n") + "\n")
        }
    }
}

extension AgentView {
    /// What `martlet top` shows now.
    func top(_ history: TopHistory) -> TopFigures {
        let checkpoint = agent.keeper.checkpoint
        let shipped = checkpoint.outputs.mapValues(\.counts.shipped)
        let totals = TopTotals(checkpoint.signals, shipped: shipped)
        let before = history.note(totals)
        var figures = TopFigures(
            totals,
            since: before,
            latencies: agent.latencyWindow.recent(checkpoint.signals.latencies),
            saturation: agent.containers.saturation
        )
        figures.inputs = agent.states.problems
        figures.objectives = agent.objectives.keeper.standings.map(\.reading)
        let states = agent.counters.states
        for (name, output) in checkpoint.outputs.sorted(by: { $0.key < $1.key }) {
            let shown = TopFigures.Output(
                name: name,
                problem: states[name]?.reason,
                waiting: output.waiting,
                spoolBytes: output.spoolBytes
            )
            figures.add(shown, shipped: shipped[name] ?? 0, since: before)
        }
        return figures
    }
}
