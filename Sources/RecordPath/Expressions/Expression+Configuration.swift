import Settings

extension Expression {
    /// Reads the expression of a key; nil where it is absent, or wrong, which is reported with its place in the text.
    package init?(reading key: String, of reader: ConfigurationReader, attributes: inout AttributeNames) {
        guard let scalar = reader.scalar(key) else { return nil }
        do {
            self = try Expression(scalar.text, attributes: &attributes)
        } catch {
            Self.report(error, key, scalar, reader)
            return nil
        }
    }

    private static func report(
        _ error: ExpressionProblem,
        _ key: String,
        _ scalar: ConfigurationScalar,
        _ reader: ConfigurationReader
    ) {
        let before = String(decoding: scalar.text.utf8.prefix(error.offset), as: UTF8.self)
        let place = before.unicodeScalars.count
        let problem = "at character \(place + 1), \(error.problem)"
        // Escapes shift what stands behind them; only a text that is written as it is can be pointed into exactly.
        guard scalar.isPlain || scalar.isSingleQuoted, !scalar.isInterpolated, !scalar.text.contains("\n") else {
            return reader.report(key, problem, error.advice)
        }
        let quotes = scalar.isPlain ? 0 : 1 + before.count { $0 == "'" }
        let column = scalar.mark.column + place + quotes
        let mark = Mark(file: scalar.mark.file, line: scalar.mark.line, column: column)
        let found = ConfigurationProblem(mark: mark, key: scalar.path, problem: problem, advice: error.advice)
        reader.problems.add(found)
    }
}
