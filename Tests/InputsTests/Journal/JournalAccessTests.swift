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
        #expect(access.note == nil)
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
        #expect(access.note?.contains("1 journal files cannot be read") == true)
    }
}
