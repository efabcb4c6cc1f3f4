/// One physical line of a container log file, taken out of its frame.
package struct FramedLine {
    /// The engine's own time, nanoseconds since 1970; nil when the frame has none.
    package var time: Int64?
    /// Written to stderr; else to stdout.
    package var isError: Bool
    /// More of the same line follows on this stream.
    package var isPartial: Bool
    /// Borrowed: valid until the decoder is used again or its input changes.
    package var text: UnsafeBufferPointer<UInt8>

    /// Makes a line.
    package init(time: Int64?, isError: Bool, isPartial: Bool, text: UnsafeBufferPointer<UInt8>) {
        self.time = time
        self.isError = isError
        self.isPartial = isPartial
        self.text = text
    }
}
