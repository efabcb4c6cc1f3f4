/// Gathers everything that is wrong with a configuration, so that the user sees all of it at once.
///
/// Belongs to one thread: a configuration is read in one go.
package final class ProblemCollector {
    private var collected: [ConfigurationProblem] = []
    private var finished: [ConfigurationReader] = []

    /// Makes an empty collector; several files may share one.
    package init() {}

    /// Everything reported so far and the keys nobody read in finished readers, in the order one reads the files.
    package var problems: [ConfigurationProblem] {
        for reader in finished { reader.reportUnreadKeys() }
        return collected.sorted { $0.mark < $1.mark }
    }

    /// Adds a problem once; what is beyond `ConfigurationLimits.problems` is left out.
    package func add(_ problem: ConfigurationProblem) {
        guard collected.count < ConfigurationLimits.problems, !collected.contains(problem) else { return }
        collected.append(problem)
    }

    /// Throws everything that is wrong, if anything is.
    package func check() throws(ConfigurationFailure) {
        let problems = problems
        guard problems.isEmpty else { throw ConfigurationFailure(problems: problems) }
    }

    /// Remembers a reader whose unread keys are problems.
    ///
    /// They are judged as late as possible, because two
    /// components may share one mapping (an output's own keys and what it overrides of `delivery`).
    func finish(_ reader: ConfigurationReader) {
        guard !finished.contains(where: { $0 === reader }) else { return }
        finished.append(reader)
    }
}
