#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Whether the files of a journal can be read.
///
/// libsystemd opens a journal without a word when it may read none of its files, and shows it as empty. So the
/// files are looked at here, before anyone waits for entries that cannot come.
package struct JournalAccess: Equatable, Sendable {
    /// Folders that were looked into.
    package var folders: [String]
    /// Files that can be read.
    package var readable = 0
    /// Files and folders that are there and cannot be.
    package var refused: [String] = []
    /// Files that libsystemd will pass over, because they are shorter than they say or no journal at all.
    package var damaged: [String] = []
    /// Machine ids of journals that are not this machine's.
    package var foreign: [String] = []

    /// Looks at the files of a source.
    ///
    /// `root` stands before the system's paths, for tests.
    package init(_ source: JournalOptions.Source, root: String = "") {
        let machine = Self.machineID(root)
        let homes = ["\(root)/run/log/journal", "\(root)/var/log/journal"]
        switch source {
        case .directory(let path): folders = [path]
        case .local: folders = homes.map { "\($0)/\(machine)" }
        case .namespace(let name): folders = homes.map { "\($0)/\(machine).\(name)" }
        }
        for folder in folders { look(into: folder) }
        if case .directory(let path) = source {
            for name in Self.names(path) ?? [] where Self.isMachineID(name) { look(into: "\(path)/\(name)") }
        } else if readable == 0 {
            let others = homes.flatMap { Self.names($0) ?? [] }
            foreign = others.filter { Self.isMachineID($0) && !$0.hasPrefix(machine) }
        }
    }

    /// What is wrong and what to do, when nothing can be read.
    package var problem: String? {
        guard readable == 0 else { return nil }
        let places = folders.joined(separator: " and ")
        if let first = refused.first {
            let group = Self.group(of: first) ?? "systemd-journal"
            return "no permission to read the journal (\(first)); let the user that runs Martlet join the group "
                + "\(group) (`usermod -aG \(group) USER`) and start it again, or give the container "
                + "`group_add: [\"\(Self.groupNumber(of: first) ?? 0)\"]`"
        }
        if let other = foreign.first {
            return "no journal of this machine in \(places), but one of machine \(other); in a container mount the "
                + "host's /etc/machine-id too, or set `directory`"
        }
        return "no journal files in \(places); is systemd-journald running, and in a container, are "
            + "/run/log/journal, /var/log/journal and /etc/machine-id mounted?"
    }

    /// What is worth a note, when only a part can be read.
    package var notes: [String] {
        var notes: [String] = []
        if let first = damaged.first {
            notes.append("\(damaged.count) journal files are damaged and are passed over, such as \(first)")
        }
        if readable > 0, let first = refused.first {
            let group = Self.group(of: first) ?? "systemd-journal"
            notes.append(
                "\(refused.count) journal files cannot be read, such as \(first), and their entries are missing; let "
                    + "the user that runs Martlet join the group \(group)"
            )
        }
        return notes
    }

    private mutating func look(into folder: String) {
        guard let names = Self.names(folder) else {
            if errno == EACCES { refused.append(folder) }
            return
        }
        for name in names where name.hasSuffix(".journal") || name.hasSuffix(".journal~") {
            let path = "\(folder)/\(name)"
            if access(path, R_OK) == 0 {
                readable += 1
                if Self.isDamaged(path) { damaged.append(path) }
            } else if errno == EACCES {
                refused.append(path)
            }
        }
    }

    /// Whether a file is shorter than its header says.
    ///
    /// One that is just being made has no header yet.
    private static func isDamaged(_ path: String) -> Bool {
        let descriptor = FileDescriptors.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { FileDescriptors.close(descriptor) }
        var header = [UInt8](repeating: 0, count: 104)
        guard read(descriptor, &header, header.count) == header.count else { return false }
        func number(at offset: Int) -> UInt64 {
            header[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        let (needed, overflow) = number(at: 88).addingReportingOverflow(number(at: 96))
        let size = lseek(descriptor, 0, SEEK_END)
        return overflow || !header.starts(with: Array("LPKSHHRH".utf8)) || needed > UInt64(max(0, size))
    }

    /// Names in a folder; nil when it cannot be listed, `errno` says why.
    private static func names(_ folder: String) -> [String]? {
        guard let listing = opendir(folder) else { return nil }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// 32 hex digits, with a namespace behind them or not.
    private static func isMachineID(_ name: String) -> Bool {
        let digits = name.utf8.prefix(32)
        let isHex = digits.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        return isHex && digits.count == 32 && (name.utf8.count == 32 || name.dropFirst(32).first == ".")
    }

    private static func machineID(_ root: String) -> String {
        guard let file = fopen("\(root)/etc/machine-id", "re") else { return "unknown" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private static func groupNumber(of path: String) -> UInt32? {
        var information = stat()
        return stat(path, &information) == 0 ? information.st_gid : nil
    }

    /// The group that may read a file, unless that is root's.
    private static func group(of path: String) -> String? {
        guard let number = groupNumber(of: path), number != 0, let entry = getgrgid(number) else { return nil }
        return String(cString: entry.pointee.gr_name)
    }
}
