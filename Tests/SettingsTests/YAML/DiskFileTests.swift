import Settings
import Testing

struct DiskFileTests {
    @Test func `a file of the disk is read whole`() throws {
        let bytes = try DiskFile.read(#filePath, limit: 1 << 20)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("import Settings"))
    }

    @Test func `a file above the limit is refused, even one without a size`() {
        let failure = #expect(throws: FileReadFailure.self) { try DiskFile.read("/dev/zero", limit: 100_000) }
        #expect(failure?.reason == "is larger than 100000")
    }

    @Test(arguments: [
        ("/nowhere/at/all", "does not exist"), ("/", "is a folder"), (#filePath + "/x", "does not exist"),
    ])
    func `a file that cannot be read says why`(_ path: String, _ reason: String) {
        let failure = #expect(throws: FileReadFailure.self) { try DiskFile.read(path, limit: 10) }
        #expect(failure?.reason == reason)
    }

    @Test func `a configuration that does not exist is one problem`() {
        let failure = #expect(throws: ConfigurationFailure.self) {
            try ConfigurationFile.load(path: "/nowhere.yaml", environment: [:])
        }
        #expect(
            failure?.description
                == "/nowhere.yaml:1:1: (file): the file does not exist; make the file or name another"
        )
    }
}
