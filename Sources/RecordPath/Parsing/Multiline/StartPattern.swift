internal import CRE2

/// An operator's own pattern for the first line of a record (`parse.multiline.start`), compiled by RE2.
///
/// `@unchecked Sendable`: RE2 objects are safe to use from several threads once made, and freed with the last owner.
package final class StartPattern: @unchecked Sendable {
    /// Steps of RE2's program: what a byte may cost grows with them, and the pattern runs on every line.
    private static let programLimit = 2000
    private static let lengthLimit = 1024
    /// Where a line begins is told by its beginning: bytes behind are not looked at.
    private static let seenBytes = 1024

    /// Why a pattern is not taken.
    package struct Problem: Error, Equatable {
        package let text: String
    }

    private let compiled: OpaquePointer

    /// Compiles a pattern in RE2's syntax.
    package init(_ pattern: String) throws(Problem) {
        let bytes = Array(pattern.utf8)
        guard bytes.count <= Self.lengthLimit else {
            throw Problem(text: "is longer than \(Self.lengthLimit) bytes")
        }
        var error = [CChar](repeating: 0, count: 256)
        let made = bytes.withUnsafeBufferPointer { text in
            text.withMemoryRebound(to: CChar.self) { martlet_re2_make($0.baseAddress, $0.count, &error, error.count) }
        }
        guard let made else {
            let reason = String(decoding: error.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw Problem(text: "is no regular expression: \(reason)")
        }
        compiled = made
        if martlet_re2_program_size(made) > Self.programLimit { throw Problem(text: "is too large") }
        if martlet_re2_matches_empty(made) {
            throw Problem(text: "matches the empty text, so every line would begin a record")
        }
    }

    deinit { martlet_re2_free(compiled) }

    /// Whether a line begins a record: the pattern is found in its first kilobyte.
    func matches(_ line: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var start = 0
        var end = 0
        return martlet_re2_find(compiled, line, min(count, Self.seenBytes), 0, &start, &end)
    }
}
