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
        // Each pattern may look at all of the text, and has to pay for it: forty times are more than sixteen.
        let rules = (0..<40).map { RedactionOptions.Rule(name: "far-\($0)", pattern: "abc[0-9]{3,\($0 + 4)}x") }
        var probe = FilterProbe(RedactionOptions(rules: rules))
        let line =
            "{\"head\":\"shown\",\"note\":\"" + String(repeating: "abc ", count: 100_000)
            + "\",\"password\":\"hunter2xyz\",\"tail\":\"t4il-of-it\",\"n\":12}"
        let shown = probe.redact(line)
        #expect(shown.hasPrefix("{\"head\":\"shown\""))
        #expect(!shown.contains("hunter2xyz") && !shown.contains("t4il-of-it") && !shown.contains("abc"))
        #expect(StrictJSON.isValid(Array(shown.utf8)))
        #expect((probe.counts["unscanned"] ?? 0) > 0)
    }
}
