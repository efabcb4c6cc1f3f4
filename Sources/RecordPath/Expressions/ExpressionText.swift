/// Resolves the escapes of a quoted text.
enum ExpressionText {
    /// The text of a range of the expression's bytes.
    static func unescaped(_ bytes: [UInt8], _ range: Range<Int>) throws(ExpressionProblem) -> String {
        var result: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            guard index + 1 < range.upperBound, let byte = meaning(of: bytes[index + 1]) else {
                let advice = "write \\\\ for a backslash; there are also \\\" \\' \\n \\r and \\t"
                throw ExpressionProblem(offset: index, problem: "the backslash escapes nothing", advice: advice)
            }
            result.append(byte)
            index += 2
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func meaning(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): byte
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }
}
