import RecordPath
import Testing

@Suite struct TraceContextTests {
    static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    static let span = "00f067aa0ba902b7"

    static func hex(_ id: TraceID) -> String {
        var bytes = [UInt8](repeating: 0, count: TraceID.hexBytes)
        bytes.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { id.write(to: base) } }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func hex(_ id: SpanID) -> String {
        var bytes = [UInt8](repeating: 0, count: SpanID.hexBytes)
        bytes.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { id.write(to: base) } }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func context(_ text: String) -> Result<TraceContext, TraceContextFault> {
        withExactBytes(text) { base, count in
            do throws(TraceContextFault) { return .success(try TraceContext(base, count)) } catch {
                return .failure(error)
            }
        }
    }

    static func traceID(_ text: String) -> Result<TraceID, TraceContextFault> {
        withExactBytes(text) { base, count in
            do throws(TraceContextFault) { return .success(try TraceContext.traceID(base, count)) } catch {
                return .failure(error)
            }
        }
    }

    @Test(
        arguments: [
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", trace, span, true),
            ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", trace, span, false),
            ("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-holds", trace, span, true),
            ("4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-1-05e3ac9a4f6e3b90", trace, span, true),
            ("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", trace, span, nil),
            ("a3ce929d0e0e4736-00f067aa0ba902b7-d", "0000000000000000a3ce929d0e0e4736", span, true),
            ("a3ce929d0e0e4736-00f067aa0ba902b7-0", "0000000000000000a3ce929d0e0e4736", span, false),
            ("4bf92f3577b34da6a3ce929d0e0e4736:f067aa0ba902b7:0:1", trace, span, true),
            (
                "f92f3577b34da6a3ce929d0e0e4736%3Af067aa0ba902b7%3A0%3A0", "00f92f3577b34da6a3ce929d0e0e4736", span,
                false
            ),
            (
                "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1", trace, span, true
            ),
            ("Self=1-67891234-12456789abcdef012345678;Root=1-4bf92f35-77b34da6a3ce929d0e0e4736", trace, nil, nil),
            ("4bf92f3577b34da6a3ce929d0e0e4736/67667974448284343;o=1", trace, span, true),
            ("4bf92f3577b34da6a3ce929d0e0e4736/0", trace, nil, nil),
            ("projects/shop/traces/4bf92f3577b34da6a3ce929d0e0e4736", trace, nil, nil),
        ] as [(String, String, String?, Bool?)]
    ) func everyFormIsTakenApart(
        text: String,
        trace: String,
        span: String?,
        sampled: Bool?
    ) throws {
        let found = try Self.context(text).get()
        #expect(Self.hex(found.traceID) == trace)
        #expect(found.spanID.map(Self.hex) == span)
        #expect(found.isSampled == sampled)
    }

    @Test(arguments: [
        ("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", TraceContextFault.version),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", .version),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", .allZero),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", .allZero),
        ("00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01", .length),
        ("00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01", .notHex),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x", .flags),
        ("0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", .form),
        ("4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-7", .flags),
        ("4bf92f3577b34da6a3ce929d0e0e4736:1:0", .form),
        ("0:1:0:1", .allZero), ("Root=2-4bf92f35-77b34da6a3ce929d0e0e4736", .version),
        ("Parent=00f067aa0ba902b7", .form),
        ("", .length), ("hello world", .notHex), ("4bf92f3577b34da6a3ce929d0e0e4736/99999999999999999999", .length),
    ]) func aBrokenContextSaysWhy(text: String, fault: TraceContextFault) {
        #expect(Self.context(text) == .failure(fault))
    }

    @Test(arguments: [
        ("4bf92f3577b34da6a3ce929d0e0e4736", trace), ("4BF92F3577B34DA6A3CE929D0E0E4736", trace),
        ("4bf92f35-77b3-4da6-a3ce-929d0e0e4736", trace), ("a3ce929d0e0e4736", "0000000000000000a3ce929d0e0e4736"),
        ("1-4bf92f35-77b34da6a3ce929d0e0e4736", trace),
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", trace),
    ]) func aBareTraceIDIsBroughtToItsCanonicalForm(text: String, expected: String) throws {
        #expect(Self.hex(try Self.traceID(text).get()) == expected)
    }

    @Test(arguments: [
        ("00000000000000000000000000000000", TraceContextFault.allZero), ("0000000000000000", .allZero),
        ("00000000-0000-0000-0000-000000000000", .allZero), ("abc", .length), ("xyz", .notHex),
        ("4bf92f3577b34da6a3ce929d0e0e473g", .notHex), ("4bf92f35-77b3-4da6-a3ce_929d0e0e4736", .form),
        ("4bf92f3577b34da6a3ce929d0e0e4736ff", .length), ("", .length),
    ]) func anUnusableTraceIDSaysWhy(text: String, fault: TraceContextFault) {
        #expect(Self.traceID(text) == .failure(fault))
    }

    @Test func datadogsDecimalIDsBecomeHex() throws {
        let trace = try withExactBytes("7277407061855694839") { try TraceContext.datadogTraceID($0, $1) }
        #expect(Self.hex(trace) == "000000000000000064fe8b2a57d3eff7")
        let span = try withExactBytes("18446744073709551615") { try TraceContext.datadogSpanID($0, $1) }
        #expect(Self.hex(span) == "ffffffffffffffff")
        #expect(throws: TraceContextFault.length) {
            try withExactBytes("18446744073709551616") { try TraceContext.datadogSpanID($0, $1) }
        }
        #expect(throws: TraceContextFault.allZero) {
            try withExactBytes("0") { try TraceContext.datadogTraceID($0, $1) }
        }
    }

    @Test func requestIDsAreBoundedAndPrintable() {
        func isRequestID(_ text: String) -> Bool { withExactBytes(text) { TraceContext.isRequestID($0, $1) } }
        for good in ["a", "8f14e45f-ceea-467f-a0e6-0c6f4f2b9c1d", "req_01H/xyz+=", String(repeating: "x", count: 128)] {
            #expect(isRequestID(good), "\(good)")
        }
        for bad in [
            "", "-", "null", "None", "undefined", "a b", "a\"b", "a\\b", "é", "\u{7}",
            String(repeating: "x", count: 129),
        ] {
            #expect(!isRequestID(bad), "\(bad)")
        }
    }

    @Test func hexAgreesWithReadingDigitByDigit() {
        var source = InputSource(seed: 61)
        for round in 0..<100_000 {
            var bytes = Array(String(source.next() | 1 << 63, radix: 16, uppercase: round & 1 == 0).utf8)
            if source.below(3) == 0 { bytes[source.below(16)] = UInt8(truncatingIfNeeded: source.next()) }
            let text = String(decoding: bytes, as: UTF8.self)
            let isHex = bytes.allSatisfy { "0123456789abcdefABCDEF".utf8.contains($0) }
            let naive = isHex ? UInt64(text, radix: 16) : nil
            let found = withExactBytes(bytes) { try? TraceContext.spanID($0, $1) }
            #expect(found?.value == (naive == 0 ? nil : naive))
            if let found { #expect(Self.hex(found) == text.lowercased()) }
        }
    }

    @Test func hostileBytesNeverTrap() {
        var source = InputSource(seed: 62)
        let samples = [
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736:1:0:1",
            "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1",
            "4bf92f3577b34da6a3ce929d0e0e4736/67667974448284343;o=1", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
        ].map { Array($0.utf8) }
        for round in 0..<150_000 {
            let bytes = round & 1 == 0 ? source.mutated(samples[source.below(samples.count)]) : source.bytes(upTo: 60)
            withExactBytes(bytes) { base, count in
                _ = try? TraceContext.traceID(base, count)
                _ = try? TraceContext(base, count)
                _ = try? TraceContext.datadogTraceID(base, count)
            }
        }
    }
}
