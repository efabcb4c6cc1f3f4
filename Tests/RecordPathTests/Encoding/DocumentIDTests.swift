import RecordPath
import Testing

@Suite struct DocumentIDTests {
    private static let seed = DocumentID.Seed(host: "h", key: "docker:abc:stdout")

    @Test func aMillionPositionsHaveAMillionIDs() {
        var seen: Set<DocumentID> = []
        seen.reserveCapacity(1_000_000)
        // Positions as inputs make them: time and ordinal, generation and offset, counters, hashes.
        for index in 0..<250_000 as Range<UInt64> {
            seen.insert(DocumentID(seed: Self.seed, identity: (1_795_261_057_000_000_000 + index * 1000, index & 3)))
            seen.insert(DocumentID(seed: Self.seed, identity: (1, index)))
            seen.insert(DocumentID(seed: Self.seed, identity: (index, 1 << 40)))
            seen.insert(DocumentID(seed: Self.seed, identity: (index &* 0x9E37_79B9_7F4A_7C15, 7)))
        }
        #expect(seen.count == 1_000_000)
    }

    @Test func theSamePositionHasTheSameIDEverywhereAndAlways() {
        let again = DocumentID.Seed(host: "h", key: "docker:abc:stdout")
        #expect(DocumentID(seed: Self.seed, identity: (1, 2)) == DocumentID(seed: again, identity: (1, 2)))
        // Written down, because ids outlive the version that made them.
        #expect(DocumentID(seed: Self.seed, identity: (1, 2)).text == "HhuGPJAVxxwCTAut4sUdOA")
    }

    @Test func hostStreamAndRunTellIDsApart() {
        let seeds = [
            Self.seed, DocumentID.Seed(host: "g", key: "docker:abc:stdout"),
            DocumentID.Seed(host: "h", key: "docker:abc:stderr"),
            DocumentID.Seed(host: "h", key: "docker:abc:stdout", run: "1"),
            DocumentID.Seed(host: "hd", key: "ocker:abc:stdout"), DocumentID.Seed(host: "", key: ""),
        ]
        #expect(Set(seeds.map { DocumentID(seed: $0, identity: (1, 2)) }).count == seeds.count)
    }

    @Test func oneBitOfThePositionChangesHalfOfTheID() {
        var total = 0
        for bit in 0..<128 {
            let flip: (UInt64, UInt64) = bit < 64 ? (1 << UInt64(bit), 0) : (0, 1 << UInt64(bit - 64))
            for base in 0..<32 as Range<UInt64> {
                let one = DocumentID(seed: Self.seed, identity: (base, base &* 77))
                let two = DocumentID(seed: Self.seed, identity: (base ^ flip.0, base &* 77 ^ flip.1))
                let changed = (one.high ^ two.high).nonzeroBitCount + (one.low ^ two.low).nonzeroBitCount
                #expect(changed > 20 && changed < 108)
                total += changed
            }
        }
        let mean = Double(total) / (128 * 32)
        #expect(mean > 62 && mean < 66)
    }

    @Test func theTextIsBase64URLOfTheBits() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for index in 0..<2000 as Range<UInt64> {
            let id = DocumentID(seed: Self.seed, identity: (index, index))
            var expected = ""
            for digit in 0..<22 {
                var value = 0
                for bit in digit * 6..<digit * 6 + 6 {
                    let isSet =
                        bit < 64 ? id.high >> UInt64(63 - bit) & 1 : bit < 128 ? id.low >> UInt64(127 - bit) & 1 : 0
                    value = value << 1 | Int(isSet)
                }
                expected.append(alphabet[value])
            }
            #expect(id.text == expected)
        }
    }

    @Test func recordsKeepTheirIDsInAnotherProcess() throws {
        var first = DocumentBench()
        var second = DocumentBench()
        let lines = (0..<50).map { Array("line \($0)".utf8) }
        let ids = try first.documents(lines).map(\.id)
        #expect(Set(ids).count == 50 && ids.allSatisfy { $0.utf8.count == 22 })
        #expect(try second.documents(lines).map(\.id) == ids)
    }

    @Test(arguments: ["stdin", "exec", "docker"])
    func onlyWhatDoesNotOutliveTheProcessGetsTheRunIntoItsIDs(input: String) throws {
        let origin = SourceStream.Origin(input: input, key: "k")
        let ids = try ["run-1", "run-2"].map { run in
            var bench = DocumentBench(DocumentPlan(bulk: true, archive: true, host: "h", run: run), origin: origin)
            return try bench.document("x").id
        }
        #expect((ids[0] == ids[1]) == (input == "docker"))
    }
}
