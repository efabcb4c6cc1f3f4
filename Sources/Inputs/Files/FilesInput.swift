/// Follows files that grow: finds them by patterns, knows them by device, inode and first bytes, reads them to
/// their ends whether they are renamed, deleted or truncated, and goes on after a restart where it was.
///
/// Compressed files are not followed. One thread reads all files in turns.
package struct FilesInput: Input {
    package let name = "files"
    private let options: FilesOptions

    /// Makes an input.
    package init(options: FilesOptions) { self.options = options }

    package func run(_ context: InputContext) {
        FilesSession(options: options, context: context, name: name).run()
    }
}
