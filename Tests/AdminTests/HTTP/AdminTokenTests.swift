import Admin
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite struct AdminTokenTests {
    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func aTokenIsMadeOnceAndOnlyItsOwnerReadsIt() throws {
        try withTemporaryFolder { folder in
            let first = try AdminToken.kept(in: folder.path)
            #expect(first.value.utf8.count == 64)
            #expect(mode(folder.path + "/token") == 0o600)
            #expect(try AdminToken.kept(in: folder.path).value == first.value)
            #expect(AdminToken.read(folder.path + "/token")?.value == first.value)
            #expect(access(folder.path + "/token.new", F_OK) != 0)
        }
    }

    @Test func aTokenThatOthersCouldReadIsReplaced() throws {
        try withTemporaryFolder { folder in
            let first = try AdminToken.kept(in: folder.path)
            chmod(folder.path + "/token", 0o644)
            #expect(AdminToken.read(folder.path + "/token") == nil)
            #expect(try AdminToken.kept(in: folder.path).value != first.value)
            #expect(mode(folder.path + "/token") == 0o600)
        }
    }

    @Test(arguments: ["", "\n", "short\n", String(repeating: "g", count: 64), String(repeating: "0", count: 65)])
    func whatIsNoTokenIsReplaced(text: String) throws {
        try withTemporaryFolder { folder in
            try folder.write(text, to: "token")
            chmod(folder.path + "/token", 0o600)
            let token = try AdminToken.kept(in: folder.path)
            #expect(token.value.utf8.count == 64)
            #expect(!text.hasPrefix(token.value))
        }
    }

    @Test func aLinkIsNotFollowed() throws {
        try withTemporaryFolder { folder in
            try folder.write(String(repeating: "0", count: 64), to: "elsewhere")
            chmod(folder.path + "/elsewhere", 0o600)
            symlink(folder.path + "/elsewhere", folder.path + "/token")
            #expect(try AdminToken.kept(in: folder.path).value != String(repeating: "0", count: 64))
            #expect(contents(of: folder.path + "/elsewhere") == String(repeating: "0", count: 64))
        }
    }

    @Test func aDirectoryThatIsNotThereIsReportedWithAdvice() {
        let error = #expect(throws: AdminError.self) { try AdminToken.kept(in: "/nowhere/at/all") }
        #expect(error?.description.contains("/nowhere/at/all/token") == true)
        #expect(error?.description.contains("agent.data_dir") == true)
    }
}
