/// Gathers everything that is wrong with a configuration, so that the user sees all of it at once.
///
/// Belongs to one thread: a configuration is read in one go.
package final class ProblemCollector {
    private var collected: [ConfigurationProblem] = []
    private var finished: [KeyLedger] = []

    /// Makes an empty collector; several files may share one.
    package init() {}

    /// Everything reported so far and the keys nobody read in finished mappings, in the order one reads the files.
    ///
    /// Unread keys are judged now and not remembered: whoever reads a key later takes its problem away.
    package var problems: [ConfigurationProblem] {
        // Two finished mappings may stand one below the other.
        let unread = Set(finished.flatMap { $0.unreadKeys(advisedBy: self) }).subtracting(collected)
        let problems = (collected + unread).sorted { ($0.mark, $0.key) < ($1.mark, $1.key) }
        guard problems.count > ConfigurationLimits.problems else { return problems }
        let last = problems[ConfigurationLimits.problems]
        let rest = ConfigurationProblem(mark: last.mark, key: "", problem: "more problems follow", advice: "mend these")
        return problems.prefix(ConfigurationLimits.problems) + [rest]
    }

    /// The one mapping below a finished one in which a component looks for this key; nil where several do.
    func home(of key: String) -> String? {
        let homes = Set(finished.flatMap { $0.homes(of: key) })
        return homes.count == 1 ? homes.first : nil
    }

    /// Adds a problem once; far beyond `ConfigurationLimits.problems` none is taken any more.
    package func add(_ problem: ConfigurationProblem) {
        guard collected.count <= ConfigurationLimits.problems, !collected.contains(problem) else { return }
        collected.append(problem)
    }

    /// Throws everything that is wrong, if anything is.
    package func check() throws(ConfigurationFailure) {
        let problems = problems
        guard problems.isEmpty else { throw ConfigurationFailure(problems: problems) }
    }

    /// Remembers a mapping whose unread keys are problems.
    ///
    /// They are judged as late as possible, because two
    /// components may share one mapping (an output's own keys and what it overrides of `delivery`).
    func finish(_ ledger: KeyLedger) {
        guard !finished.contains(where: { $0 === ledger }) else { return }
        finished.append(ledger)
    }
}
