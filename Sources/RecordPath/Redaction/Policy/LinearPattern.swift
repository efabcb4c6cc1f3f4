internal import CRE2

/// A regular expression of a user, compiled by RE2: linear in the text, whatever the pattern.
///
/// `@unchecked Sendable`: RE2 objects are safe to use from several threads once made, and freed with the last owner.
final class LinearPattern: @unchecked Sendable {
    /// What a pattern may cost: steps of RE2's program.
    private static let programLimit = 5_000
    private static let lengthLimit = 4_096

    private let compiled: OpaquePointer
    /// Literals of which one stands in every match, in small letters; empty: there are none.
    let literals: [[UInt8]]

    /// Compiles a pattern, or throws what is wrong with it.
    init(_ pattern: String) throws(RedactionProblem) {
        var error = [CChar](repeating: 0, count: 256)
        let bytes = Array(pattern.utf8)
        guard bytes.count <= Self.lengthLimit else {
            throw Self.problem("the pattern is longer than \(Self.lengthLimit) bytes", "split it into several rules")
        }
        let made = bytes.withUnsafeBufferPointer { text in
            text.withMemoryRebound(to: CChar.self) { martlet_re2_make($0.baseAddress, $0.count, &error, error.count) }
        }
        guard let made else {
            let reason = String(decoding: error.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw Self.problem(reason, "write it in RE2's syntax, which has neither back-references nor look-around")
        }
        compiled = made
        literals = (0..<martlet_re2_literal_count(made)).map { index in
            var count = 0
            let start = martlet_re2_literal(made, index, &count)
            return start.map { pointer in (0..<count).map { UInt8(bitPattern: pointer[$0]) } } ?? []
        }
    }

    deinit { martlet_re2_free(compiled) }

    /// Refuses what would cost too much on every line, or would cut holes where nothing is.
    func requireSafe() throws(RedactionProblem) {
        if martlet_re2_matches_empty(compiled) {
            throw Self.problem("the pattern matches the empty text", "make at least one part of it obligatory")
        }
        if martlet_re2_program_size(compiled) > Self.programLimit {
            throw Self.problem(
                "the pattern is too large once its counts are written out",
                "use smaller counts, such as {1,64}"
            )
        }
        if literals.isEmpty {
            throw Self.problem(
                "the pattern has no literal of three letters that stands in every match, so it would run on every value",
                "add the fixed part of what you look for, such as ORD- in ORD-[0-9]{8}"
            )
        }
    }

    /// The leftmost match in [start, upper) of a text; its `redact` group, if it has one.
    func find(_ text: Text, from start: Int) -> Range<Int>? {
        var from = 0
        var to = 0
        let found = martlet_re2_find(
            compiled,
            text.base + text.lower,
            text.upper - text.lower,
            start - text.lower,
            &from,
            &to
        )
        return found ? text.lower + from..<text.lower + to : nil
    }

    private static func problem(_ problem: String, _ advice: String) -> RedactionProblem {
        RedactionProblem(key: "pattern", problem: problem, advice: advice)
    }
}
