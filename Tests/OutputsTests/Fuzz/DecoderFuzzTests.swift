import Outputs
import TestSupport
import Testing
import Transport

/// Whatever a server or a damaged disk gives us to read, nothing traps, and nothing is made up.
@Suite struct DecoderFuzzTests {
    private static let rounds = 3000

    /// Changes, cuts, doubles and inserts bytes; the same seed gives the same text.
    private struct Mutator {
        private var state: UInt64

        init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 11) % max(1, bound)
        }

        mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
            var bytes = bytes
            for _ in 0...next(4) where !bytes.isEmpty {
                let place = next(bytes.count)
                switch next(5) {
                case 0: bytes[place] ^= 1 << UInt8(next(8))
                case 1: bytes[place] = UInt8(next(256))
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(8)))
                case 3: bytes.insert(contentsOf: bytes[place...].prefix(1 + next(16)), at: place)
                default: bytes = Array(bytes.prefix(place))
                }
            }
            return bytes
        }
    }

    @Test func `a damaged push is refused or divided without losing a record`() async throws {
        let fixture = try LokiFixture(readback: .off)
        defer { fixture.server.stop() }
        let entries = fixture.entries(6, metadata: ["a": "b"])
        let json = try LokiBatch.json([(["service_name": "s"], entries)], gzip: false)
        let protobuf = try LokiBatch.protobuf([(#"{service_name="s"}"#, entries), (#"{a="b"}"#, entries)])
        for batch in [json, protobuf] {
            guard let raw = batch.encoding == "snappy" ? Unsnappy.expand(batch.body, limit: 1 << 20) : batch.body else {
                throw TestFailure("not compressed by us")
            }
            for seed in 0..<Self.rounds {
                var mutator = Mutator(seed: UInt64(seed))
                let changed = mutator.mutate(raw)
                let body = batch.encoding == "snappy" ? try Compressor.once(.snappy, changed) : changed
                let damaged = SealedBatch(
                    body: body,
                    headers: batch.headers,
                    records: batch.records,
                    rawBytes: changed.count,
                    oldest: 0
                )
                let parts = fixture.output.parts(of: damaged)
                #expect(parts.isEmpty || parts.reduce(0) { $0 + $1.records } == batch.records, "seed \(seed)")
            }
        }
    }

    @Test func `a damaged answer to a bulk request never says that more was stored than it does`() throws {
        let batch = try BulkBatch.create(3, gzip: false)
        let text =
            #"{"items":[{"create":{"status":201}},{"create":{"status":400,"error":{"type":"mapper_parsing_exception"}}},{"create":{"status":429}}]}"#
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed))
            let response = TransportResponse(status: 200, body: mutator.mutate(Array(text.utf8)))
            switch BulkOutcome.outcome(response, for: batch, isRepeat: seed % 2 == 0) {
            case .divided(let division):
                let rejected = division.rejected.reduce(0) { $0 + $1.records }
                #expect(rejected + (division.remaining?.records ?? 0) + division.delivered == 3, "seed \(seed)")
            case .delivered: Issue.record("seed \(seed): the second document was refused")
            default: break
            }
        }
    }

    @Test func `a damaged 400 of Loki's never refuses more than there is`() {
        let text =
            "2 errors like: entry for stream '{a=\"b\"}' has timestamp too old: x; 3 errors like: y, reason: "
            + "'entry too far behind',\nuser 'fake', total ignored: 37 out of 50 for stream: {a=\"b\"}"
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed))
            let response = TransportResponse(status: 400, body: mutator.mutate(Array(text.utf8)))
            if case .partly(let rejected) = LokiResponse.outcome(response, records: 10) {
                #expect((1...10).contains(rejected.reduce(0) { $0 + $1.records }), "seed \(seed)")
            }
        }
    }

    @Test func `JSON that was read is JSON`() {
        let text = Array(#"{"a":[{"b":"c\u00e9\ud83d\ude00","d":-1.5e3},[true,null,false]],"e":{}, "f" : 12 }"#.utf8)
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed))
            let changed = mutator.mutate(text)
            guard TestJSON.isValid(changed) else { continue }
            // What follows from validity without another parser: brackets are balanced outside of strings.
            var depth = 0
            var isString = false
            var isEscaped = false
            for byte in changed {
                if isString {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == 0x5C {
                        isEscaped = true
                    } else if byte == 0x22 {
                        isString = false
                    }
                } else {
                    if byte == 0x22 { isString = true }
                    if byte == 0x7B || byte == 0x5B { depth += 1 }
                    if byte == 0x7D || byte == 0x5D { depth -= 1 }
                }
                #expect(depth >= 0, "seed \(seed)")
            }
            #expect(depth == 0 && !isString, "seed \(seed)")
        }
    }

    @Test func `damaged compressed bytes are refused or give at most what was allowed`() throws {
        let text = Array(String(repeating: "hello, hello, ", count: 50).utf8)
        let gzip = try Compressor.once(.gzip(.zlib, level: 6), text)
        let snappy = try Compressor.once(.snappy, text)
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed))
            if let expanded = Gunzip.expand(mutator.mutate(gzip), limit: 1000) { #expect(expanded.count <= 1000) }
            if let expanded = Unsnappy.expand(mutator.mutate(snappy), limit: 1000) { #expect(expanded.count <= 1000) }
        }
    }
}
