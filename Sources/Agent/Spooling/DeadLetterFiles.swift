import Outputs
import Spool

/// Records that outputs refused: `dead-letters/OUTPUT.ndjson` in the data directory, and the file before it.
///
/// Bounded: a file that is full becomes the old one, and the old one before it goes. Their lengths are committed with
/// the acknowledgement of the batch that the letters came from, so that a crash leaves each record there once.
struct DeadLetterFiles {
    /// What a file may hold before it becomes the old one.
    static let bytesMax = 16 << 20
    static let directory = "dead-letters"

    /// Committed lengths of an output's two files.
    struct Lengths: Equatable {
        var current = 0
        var old = 0

        init() {}

        /// The current file becomes the old one.
        mutating func begin() { (current, old) = (0, current) }

        /// Reads what stands in a frame.
        init(note: [UInt8]) {
            let parts = String(decoding: note, as: UTF8.self).split(separator: ":").map { Int($0) ?? 0 }
            if parts.count == 2 { (current, old) = (max(0, parts[0]), max(0, parts[1])) }
        }

        /// As it stands in a frame.
        var note: [UInt8] { Array("\(current):\(old)".utf8) }
    }

    private let files: any SpoolFiles
    private var lengths: [String: Lengths] = [:]

    /// Cuts the files back to what was committed.
    init(_ files: any SpoolFiles, outputs: [String], committed: CommittedState) {
        self.files = files
        for output in outputs {
            var lengths = Lengths(note: committed.notes[Self.note(output)] ?? [])
            // A run that was killed before it could commit had begun a new file.
            if lengths.current > 0, (try? files.contains(Self.path(output))) == false { lengths.begin() }
            self.lengths[output] = lengths
            try? cut(Self.path(output), to: lengths.current)
            try? cut(Self.path(output, isOld: true), to: lengths.old)
        }
    }

    /// Where the lengths stand among the notes.
    static func note(_ output: String) -> String { "dead/" + output }

    static func path(_ output: String, isOld: Bool = false) -> String {
        directory + "/" + output + (isOld ? ".old.ndjson" : ".ndjson")
    }

    /// Appends lines durably; what is to be committed with them.
    mutating func append(_ lines: [UInt8], of output: String) throws(FileFailure) -> [UInt8] {
        try files.makeDirectory(Self.directory)
        var lengths = lengths[output] ?? Lengths()
        if lengths.current > 0, lengths.current + lines.count > Self.bytesMax {
            try files.rename(Self.path(output), to: Self.path(output, isOld: true))
            lengths.begin()
            self.lengths[output] = lengths
        }
        let file = try files.open(Self.path(output), create: try !files.contains(Self.path(output)))
        defer { files.close(file) }
        try lines.withUnsafeBufferPointer { buffer throws(FileFailure) in
            try files.write(file, UnsafeRawBufferPointer(buffer), at: lengths.current)
        }
        try files.sync(file)
        try files.syncDirectory(Self.directory)
        lengths.current += lines.count
        self.lengths[output] = lengths
        return lengths.note
    }

    /// Both files of an output, the older lines first.
    func contents(_ output: String) throws(FileFailure) -> [UInt8] {
        try (files.contents(Self.path(output, isOld: true)) ?? []) + (files.contents(Self.path(output)) ?? [])
    }

    private func cut(_ path: String, to length: Int) throws(FileFailure) {
        guard try files.contains(path) else { return }
        if length == 0 { return try files.remove(path) }
        let file = try files.open(path, create: false)
        defer { files.close(file) }
        if try files.size(file) > length { try files.truncate(file, to: length) }
    }
}
