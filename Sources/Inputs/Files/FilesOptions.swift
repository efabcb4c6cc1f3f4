/// Which files are followed, and how.
package struct FilesOptions: Sendable, Equatable {
    /// How the lines of a file are framed.
    package enum Format: String, CaseIterable, Sendable {
        /// Kubernetes' container runtimes: time, stream, tag, text.
        case cri
        /// Docker's json-file driver.
        case docker
        /// Every line is a record as it is.
        case lines
    }

    /// Where a file that was never seen before is begun.
    package enum Start: String, CaseIterable, Sendable {
        case beginning
        /// Behind what it holds when Martlet starts; a file that appears later is read from its beginning.
        case now
    }

    /// One entry of `inputs.files`.
    package struct Group: Sendable, Equatable {
        /// Patterns of the files to follow.
        package var paths: [String]
        /// Patterns of files to leave alone; one without a slash is compared with the file's name.
        package var exclude: [String]
        package var format: Format
        package var start: Start

        /// Makes a group; what is left out has its default.
        package init(paths: [String], exclude: [String] = [], format: Format = .lines, start: Start = .beginning) {
            self.paths = paths
            self.exclude = exclude
            self.format = format
            self.start = start
        }
    }

    package var groups: [Group]
    /// How often the folders are listed again; inotify makes it faster where it works.
    package var rescan: Duration
    /// A file that was renamed away or deleted is done when it has not grown for so long.
    package var rotatedQuiet: Duration
    /// As many files are held open; of more, the least recently active are opened again when they grow.
    package var maxOpen: Int
    /// Without it, growth is seen at the next listing only.
    package var usesInotify: Bool

    /// Makes options; what is left out has its default.
    package init(
        groups: [Group] = [],
        rescan: Duration = .seconds(5),
        rotatedQuiet: Duration = .seconds(5),
        maxOpen: Int = 256,
        usesInotify: Bool = true
    ) {
        self.groups = groups
        self.rescan = rescan
        self.rotatedQuiet = rotatedQuiet
        self.maxOpen = maxOpen
        self.usesInotify = usesInotify
    }
}
