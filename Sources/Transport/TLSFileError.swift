/// A certificate or key that cannot be used.
package struct TLSFileError: Error, CustomStringConvertible {
    /// Which file, and what is wrong with it.
    package let description: String
}
