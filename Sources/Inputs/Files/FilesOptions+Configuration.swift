package import Settings

extension FilesOptions {
    /// Reads the list `files` of `inputs`, whose reader is given.
    package init(reading inputs: ConfigurationReader) {
        self.init(groups: inputs.children("files").map(Group.init(reading:)))
    }
}

extension FilesOptions.Group {
    /// Reads one entry of the list.
    init(reading reader: ConfigurationReader) {
        self.init(
            paths: reader.strings("paths", default: []),
            exclude: reader.strings("exclude", default: []),
            format: reader.choice("format", default: .lines),
            start: reader.choice("start", default: .beginning)
        )
        if paths.isEmpty {
            reader.report("paths", "no file is named", "write a list of patterns, as [\"/var/log/nginx/*.log\"]")
        }
        for path in paths where !path.hasPrefix("/") && !path.hasPrefix("./") && !path.hasPrefix("../") {
            reader.report("paths", "`\(path)` is not a path", "begin it with `/`, or with `./` for the working folder")
        }
    }
}
