import Glibc
import Inputs
import Testing

/// Journal files of one test, written by `systemd-journal-remote`, which takes any entries.
struct JournalFiles {
    static let remote = "/lib/systemd/systemd-journal-remote"
    static let canWrite: Comment = "needs systemd-journal-remote, which the package of that name has"

    /// Whether files can be written on this machine.
    static var isAvailable: Bool { access(remote, X_OK) == 0 && access(reader, X_OK) == 0 }

    /// The reader that is built beside the tests.
    static var reader: String {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let own = String(decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        // `swift test` runs the bundle itself, or a helper that is told the bundle's path.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/journal-reader-fixture"
    }

    /// One entry: its fields, without those that every entry has.
    struct Entry {
        var message: [UInt8]?
        var fields: [String: String] = ["_SYSTEMD_UNIT": "app.service", "SYSLOG_IDENTIFIER": "app", "PRIORITY": "6"]

        init(_ message: String) { self.message = Array(message.utf8) }
        init(bytes: [UInt8]?) { message = bytes }

        func with(_ more: [String: String]) -> Entry {
            var entry = self
            entry.fields.merge(more) { $1 }
            return entry
        }
    }

    static let boot = "00d68fc3c44d433da5ebfd7ee08d9d2a"
    /// Microseconds: 1,000 seconds before what `InputThread` takes for now.
    static let firstTime = 1_699_999_000_000_000

    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    var path: String { folder.path }

    /// Options that read these files from the beginning.
    var options: JournalOptions { JournalOptions(source: .directory(path), start: .beginning) }

    /// An environment that reads with the reader built beside the tests.
    var environment: JournalInput.Environment {
        var environment = JournalInput.Environment()
        environment.executable = Self.reader
        environment.own = OwnLog()
        return environment
    }

    /// Appends entries to a file; the first bears the time `from`, each other a millisecond more.
    func append(_ entries: [Entry], to name: String = "a.journal", from: Int) throws {
        let stream = try #require(popen("exec \(Self.remote) -o '\(folder.file(name))' - >/dev/null 2>&1", "w"))
        for (index, entry) in entries.enumerated() {
            let bytes = Self.export(entry, at: from + index)
            try #require(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
        }
        try #require(pclose(stream) == 0)
    }

    /// Appends `count` plain entries `PREFIX NUMBER`.
    func append(
        count: Int,
        from: Int = 0,
        prefix: String = "line",
        to name: String = "a.journal",
        padding: Int = 0
    )
        throws
    {
        let tail = String(repeating: "x", count: padding)
        try append((from..<from + count).map { Entry("\(prefix) \($0)\(tail)") }, to: name, from: from)
    }

    /// One entry in the journal's export format; fields that may hold anything are written with their length.
    private static func export(_ entry: Entry, at index: Int) -> [UInt8] {
        let time = firstTime + index * 1_000
        var text = "__REALTIME_TIMESTAMP=\(time)\n__MONOTONIC_TIMESTAMP=\(1_000_000 + index * 1_000)\n"
        text += "_BOOT_ID=\(boot)\n"
        for (name, value) in entry.fields.sorted(by: { $0.key < $1.key }) { text += "\(name)=\(value)\n" }
        var bytes = Array(text.utf8)
        if entry.message?.isEmpty == true {
            bytes += Array("MESSAGE=\n".utf8)
        } else if let message = entry.message {
            bytes += Array("MESSAGE\n".utf8) + WireBytes.number(UInt64(message.count), 8) + message + [0x0A]
        }
        return bytes + [0x0A]
    }
}
