/// Writes protobuf fields.
enum ProtobufWriter {
    /// Appends a length-delimited field.
    static func append(_ contents: some Collection<UInt8>, field: Int, to output: inout [UInt8]) {
        appendVarint(UInt64(field) << 3 | 2, to: &output)
        appendVarint(UInt64(contents.count), to: &output)
        output += contents
    }

    /// Appends a number.
    static func append(_ number: UInt64, field: Int, to output: inout [UInt8]) {
        appendVarint(UInt64(field) << 3, to: &output)
        appendVarint(number, to: &output)
    }

    private static func appendVarint(_ value: UInt64, to output: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        output.append(UInt8(value))
    }
}
