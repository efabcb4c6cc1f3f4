#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A file operation that failed.
package struct ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was being done.
    package let operation: String
    /// The system's number for why.
    package let code: Int32

    /// Makes an error.
    package init(_ operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// Both in words.
    package var description: String { "\(operation): \(String(cString: strerror(code)))" }
}
