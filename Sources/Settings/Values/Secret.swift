/// Text that must never be printed: a password, a token, a key.
///
/// No description, debug description, dump or string interpolation shows it; only `value` gives it away.
package struct Secret: Sendable {
    /// The secret itself.
    ///
    /// Hand it to the network or to a key derivation, to nothing else.
    package let value: String

    /// Wraps a secret.
    package init(_ value: String) {
        self.value = value
    }
}

extension Secret: Equatable {
    /// Compares in a time that depends on the lengths only.
    package static func == (left: Secret, right: Secret) -> Bool {
        let left = Array(left.value.utf8)
        let right = Array(right.value.utf8)
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `[secret]`, whatever it holds.
    package var description: String { "[secret]" }
    /// `[secret]`, whatever it holds.
    package var debugDescription: String { "[secret]" }
    /// A mirror without children.
    package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
