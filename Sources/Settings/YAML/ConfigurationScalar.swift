/// One value of a configuration file, after interpolation.
package struct ConfigurationScalar: Sendable, Equatable {
    /// The text, with what interpolation brought in.
    package let text: String
    /// The text as it stands in the file.
    package let written: String
    /// Whether it stands without quotes, so that `true`, `null` and `1` are no strings.
    package let isPlain: Bool
    /// Whether it stands between single quotes on one line: as in the text, but for each `'` two.
    package let isSingleQuoted: Bool
    /// Whether some of the text came from the environment or a file; such text is never printed.
    package let isInterpolated: Bool
    /// Whether its text could not be made (a missing variable, say): that is reported already.
    package let isFaulty: Bool
    /// Where it stands.
    package let mark: Mark
    /// Its dotted path: `outputs.loki.url`, `slos[0].name`.
    package let path: String

    /// Makes a scalar as it was written, without interpolation.
    package init(written: String, isPlain: Bool, isSingleQuoted: Bool = false, mark: Mark, path: String) {
        self.init(
            text: written,
            written: written,
            isPlain: isPlain,
            isSingleQuoted: isSingleQuoted,
            isInterpolated: false,
            isFaulty: false,
            mark: mark,
            path: path
        )
    }

    private init(
        text: String,
        written: String,
        isPlain: Bool,
        isSingleQuoted: Bool,
        isInterpolated: Bool,
        isFaulty: Bool,
        mark: Mark,
        path: String
    ) {
        self.text = text
        self.written = written
        self.isPlain = isPlain
        self.isSingleQuoted = isSingleQuoted
        self.isInterpolated = isInterpolated
        self.isFaulty = isFaulty
        self.mark = mark
        self.path = path
    }

    /// The same scalar with the text that interpolation made of it; nil where that failed.
    func interpolated(_ result: Interpolation.Result?) -> ConfigurationScalar {
        ConfigurationScalar(
            text: result?.text ?? "",
            written: written,
            isPlain: isPlain,
            isSingleQuoted: isSingleQuoted,
            isInterpolated: result?.broughtIn ?? false,
            isFaulty: result == nil,
            mark: mark,
            path: path
        )
    }

    /// Whether it is YAML's null: nothing, `~` or `null` without quotes.
    ///
    /// Interpolation never makes one.
    package var isNull: Bool {
        isPlain && (written.isEmpty || written == "~" || written == "null" || written == "Null" || written == "NULL")
    }

    /// How a message names the value: as written, so that neither environment nor secret files are printed.
    package var shown: String {
        isInterpolated ? "the value of \(MessageText.quoted(written))" : MessageText.quoted(text)
    }
}
