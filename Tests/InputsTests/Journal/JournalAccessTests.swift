import Glibc
import Inputs
import Testing

@Suite("Access to the journal")
struct JournalAccessTests {
    private static let machine = String(repeating: "1a", count: 16)

    private func root(journals: [String]) throws -> TestFolder {
        let root = try TestFolder()
        for folder in ["etc", "run", "run/log", "run/log/journal", "var", "var/log", "var/log/journal"] {
            try root.make(folder: folder)
        }
        try root.append("\(Self.machine)\n", to: "etc/machine-id")
        for path in journals {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            _ = mkdir(root.file(folder), 0o755)
            try root.append("x", to: path)
        }
        return root
    }

    @Test("is fine when a file can be read")
    func readable() throws {
        let root = try root(journals: ["var/log/journal/\(Self.machine)/system.journal"])
        let access = JournalAccess(.local, root: root.path)
        #expect(access.readable == 1)
        #expect(access.problem == nil)
        #expect(access.notes.isEmpty)
    }

    @Test("says so when there is no journal at all")
    func missing() throws {
        let root = try root(journals: [])
        let problem = try #require(JournalAccess(.local, root: root.path).problem)
        #expect(problem.contains("no journal files"))
        #expect(problem.contains("systemd-journald"))
    }

    @Test("says so when the journal is another machine's, as in a container without its machine-id")
    func foreign() throws {
        let other = String(repeating: "2b", count: 16)
        let root = try root(journals: ["var/log/journal/\(other)/system.journal"])
        let problem = try #require(JournalAccess(.local, root: root.path).problem)
        #expect(problem.contains(other))
        #expect(problem.contains("/etc/machine-id"))
    }

    @Test("finds a namespace beside the journal")
    func namespace() throws {
        let root = try root(journals: ["run/log/journal/\(Self.machine).web/system.journal"])
        #expect(JournalAccess(.namespace("web"), root: root.path).problem == nil)
        #expect(JournalAccess(.namespace("other"), root: root.path).problem != nil)
    }

    @Test("looks into a folder and into the machines' folders in it")
    func directory() throws {
        let root = try root(journals: ["var/log/journal/\(Self.machine)/system.journal"])
        #expect(JournalAccess(.directory(root.file("var/log/journal"))).readable == 1)
        #expect(JournalAccess(.directory(root.file("var/log/journal/\(Self.machine)"))).readable == 1)
        #expect(JournalAccess(.directory(root.file("var/log"))).problem != nil)
    }

    @Test("says which files are shorter than they should be, or no journal")
    func damaged() throws {
        let root = try root(journals: [])
        try root.make(folder: "run/log/journal/\(Self.machine)")
        let header = Array("LPKSHHRH".utf8) + [UInt8](repeating: 0, count: 80)
        let whole = header + WireBytes.number(104, 8) + WireBytes.number(16, 8) + [UInt8](repeating: 0, count: 16)
        let folder = "run/log/journal/\(Self.machine)"
        try root.append(whole, to: "\(folder)/good.journal")
        try root.append(Array(whole.dropLast()), to: "\(folder)/short.journal")
        try root.append(Array("X".utf8) + whole.dropFirst(), to: "\(folder)/other.journal")
        let access = JournalAccess(.local, root: root.path)
        #expect(Set(access.damaged) == [root.file("\(folder)/short.journal"), root.file("\(folder)/other.journal")])
        #expect(access.notes.first?.contains("2 journal files are damaged") == true)
    }

    @Test("names the group to join when permission is missing")
    func permission() throws {
        let root = try root(journals: ["var/log/journal/\(Self.machine)/system.journal"])
        var access = JournalAccess(.local, root: root.path)
        // Root may read everything, so the refusal is put in.
        access.readable = 0
        access.refused = [root.file("var/log/journal/\(Self.machine)/system.journal")]
        let problem = try #require(access.problem)
        #expect(problem.contains("no permission"))
        #expect(problem.contains("usermod -aG systemd-journal USER"))
        access.readable = 1
        #expect(access.notes.contains { $0.contains("1 journal files cannot be read") })
    }
}
