/// Where files go that cannot be read, with the reason beside each; the oldest leave when there are too many.
struct Quarantine {
    static let directory = "quarantine"

    private let files: any SpoolFiles
    /// What was moved, in words.
    private(set) var taken: [String] = []

    init(_ files: any SpoolFiles) { self.files = files }

    /// Moves a file; one that cannot be moved stays where it is.
    mutating func take(_ path: String, as name: String, reason: String) {
        taken.append("\(path): \(reason)")
        do throws(FileFailure) {
            try files.makeDirectory(Self.directory)
            try makeRoom()
            try files.rename(path, to: Self.directory + "/" + name)
            // Its number may be given again: the name must be free for good.
            try files.syncDirectory(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "")
            let note = try files.open(Self.directory + "/" + name + ".reason", create: true)
            defer { files.close(note) }
            try files.write(note, Array(reason.utf8), at: 0)
            try files.sync(note)
            try files.syncDirectory(Self.directory)
        } catch {
            taken.append(error.description)
        }
    }

    private func makeRoom() throws(FileFailure) {
        let names = try files.list(Self.directory)
        let kept = names.filter { !$0.hasSuffix(".reason") }.sorted()
        guard kept.count >= SpoolLimits.quarantinedFiles else { return }
        for name in kept.prefix(kept.count - SpoolLimits.quarantinedFiles + 1) {
            try files.remove(Self.directory + "/" + name)
            try files.remove(Self.directory + "/" + name + ".reason")
        }
    }
}
