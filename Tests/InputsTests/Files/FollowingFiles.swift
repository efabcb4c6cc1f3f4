import Inputs

/// Options as the tests of the files input need them: quick to notice and quick to be done.
func following(
    _ paths: [String],
    exclude: [String] = [],
    format: FilesOptions.Format = .lines,
    start: FilesOptions.Start = .beginning,
    usesInotify: Bool = true,
    maxOpen: Int = 256
) -> FilesInput {
    let group = FilesOptions.Group(paths: paths, exclude: exclude, format: format, start: start)
    return FilesInput(
        options: FilesOptions(
            groups: [group],
            rescan: .milliseconds(50),
            rotatedQuiet: .milliseconds(200),
            maxOpen: maxOpen,
            usesInotify: usesInotify
        )
    )
}
