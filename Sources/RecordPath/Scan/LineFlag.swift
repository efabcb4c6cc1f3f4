internal import CScan

/// What the line kernel says about a whole line.
package enum LineFlag {
    /// It holds a backslash.
    package static let backslash = UInt32(MARTLET_LINE_BACKSLASH)
    /// It holds a byte below 0x20.
    package static let control = UInt32(MARTLET_LINE_CONTROL)
    /// It holds a byte at or above 0x80.
    package static let nonASCII = UInt32(MARTLET_LINE_NON_ASCII)
}
