import RecordPath
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite struct SelfTestTests {
    @Test func `Every advertised detector and key rule proves itself`() {
        let rows = RedactionSelfTest.run()
        #expect(Set(rows.map(\.name)).isSuperset(of: Detector.catalogue.map(\.name)))
        for row in rows {
            #expect(row.samples > 0, "\(row.name)")
            #expect(row.failures.isEmpty, "\(row.name)\n\(row.failures.joined(separator: "\n"))")
        }
    }

    @Test func `The reference of detectors is what the catalogue says`() throws {
        let file = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let descriptor = open("/\(file)/docs/reference/detectors.md", O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(descriptor, &bytes, bytes.count)
        #expect(
            String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == DetectorReference.markdown(),
            "write it anew: martlet redact --list > docs/reference/detectors.md"
        )
    }

    @Test func `A line whose scan exceeds its budget is masked from there on and counted`() {
        // A pattern whose literal is everywhere is searched for until the budget is spent.
        let options = RedactionOptions(rules: [.init(name: "far", pattern: "abc.*xyz$")])
        var probe = FilterProbe(options)
        let line =
            "{\"note\":\"" + String(repeating: "%20abc%2520", count: 60_000)
            + "\",\"password\":\"hunter2xyz\",\"tail\":\"t4il-of-it\"}"
        let shown = probe.redact(line)
        #expect(!shown.contains("hunter2xyz"))
        #expect(StrictJSON.isValid(Array(shown.utf8)))
    }
}
