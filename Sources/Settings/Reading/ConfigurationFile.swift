/// One configuration file: read, interpolated, and open for the components to take their options from.
///
/// ```swift
/// let file = try ConfigurationFile.load(path: path, environment: environment)
/// let agent = AgentOptions(reading: file.root.child("agent"))
/// file.root.finish()
/// try file.problems.check()
/// ```
package struct ConfigurationFile {
    /// The whole file.
    package let root: ConfigurationReader
    /// What is wrong with it so far.
    package let problems: ProblemCollector
    /// The bytes as they stand in the file, without anything interpolated: what a hash of the configuration is of.
    package let source: [UInt8]

    /// Reads a file.
    ///
    /// Throws where there is nothing to go on with (no file, a syntax error, a list as the root);
    /// everything else is collected in `problems`.
    package static func load(
        path: String,
        environment: [String: String],
        readFile: @escaping FileReading = DiskFile.read
    ) throws(ConfigurationFailure) -> ConfigurationFile {
        let bytes = try read(path, readFile)
        return try parse(bytes, file: path, environment: environment, readFile: readFile)
    }

    /// Reads the text of a file, for tests and for text that has no file.
    package static func parse(
        _ text: String,
        file: String = "martlet.yaml",
        environment: [String: String] = [:],
        readFile: @escaping FileReading = DiskFile.read
    ) throws(ConfigurationFailure) -> ConfigurationFile {
        try parse(Array(text.utf8), file: file, environment: environment, readFile: readFile)
    }

    /// Reads the bytes of a file.
    package static func parse(
        _ bytes: [UInt8],
        file: String,
        environment: [String: String],
        readFile: @escaping FileReading
    ) throws(ConfigurationFailure) -> ConfigurationFile {
        let problems = ProblemCollector()
        let documents = try documents(
            bytes,
            file: file,
            rules: .configuration,
            interpolation: Interpolation(environment: environment, readFile: readFile),
            problems: problems
        )
        let start = Mark(file: file, line: 1, column: 1)
        guard let root = documents.first, !isNothing(root) else {
            return ConfigurationFile(root: .empty(in: problems, mark: start), problems: problems, source: bytes)
        }
        guard case .mapping = root else {
            let problem = root.items == nil ? "this is a single value" : "this is a YAML file that is a list"
            let advice = "a configuration is a mapping: begin with a key such as `inputs:`"
            problems.add(ConfigurationProblem(mark: root.mark, key: "", problem: problem, advice: advice))
            throw ConfigurationFailure(problems: problems.problems)
        }
        return ConfigurationFile(root: ConfigurationReader(root, in: problems), problems: problems, source: bytes)
    }

    /// Reads the documents of somebody else (OpenSLO, Sloth, another agent's configuration): nothing interpolated.
    package static func foreignDocuments(
        path: String,
        readFile: @escaping FileReading = DiskFile.read,
        problems: ProblemCollector
    ) throws(ConfigurationFailure) -> [ConfigurationNode] {
        let bytes = try read(path, readFile)
        let nothing = Interpolation(environment: [:], readFile: DiskFile.read)
        return try documents(bytes, file: path, rules: .foreign, interpolation: nothing, problems: problems)
    }

    private static func documents(
        _ bytes: [UInt8],
        file: String,
        rules: YAMLRules,
        interpolation: Interpolation,
        problems: ProblemCollector
    ) throws(ConfigurationFailure) -> [ConfigurationNode] {
        let start = Mark(file: file, line: 1, column: 1)
        guard bytes.count <= ConfigurationLimits.fileBytes else {
            throw failure(start, "larger than 1MiB", "a configuration is far smaller; name the right file")
        }
        guard
            bytes.split(separator: UInt8(ascii: "\n")).count(where: { $0.first == UInt8(ascii: "%") })
                <= ConfigurationLimits.directives
        else {
            throw failure(start, "more than \(ConfigurationLimits.directives) lines that begin with %", "remove them")
        }
        guard let reader = YAMLEventReader(bytes, file: file) else {
            throw failure(start, "there is no memory to read it", "free some memory")
        }
        var builder = YAMLTreeBuilder(reader, rules: rules, interpolation: interpolation, problems: problems)
        do {
            return try builder.documents()
        } catch {
            problems.add(error)
            throw ConfigurationFailure(problems: problems.problems)
        }
    }

    private static func read(_ path: String, _ readFile: @escaping FileReading) throws(ConfigurationFailure) -> [UInt8]
    {
        do {
            return try readFile(path, ConfigurationLimits.fileBytes)
        } catch {
            throw failure(Mark(file: path, line: 1, column: 1), "the file \(error.reason)", error.advice)
        }
    }

    private static func isNothing(_ node: ConfigurationNode) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.isNull
    }

    private static func failure(_ mark: Mark, _ problem: String, _ advice: String) -> ConfigurationFailure {
        ConfigurationFailure(problems: [ConfigurationProblem(mark: mark, key: "", problem: problem, advice: advice)])
    }
}
