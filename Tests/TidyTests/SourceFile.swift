/// A source file as the rules see it: as written, and with the contents of comments and strings blanked out.
struct SourceFile {
    /// From the root of the repository: `Sources/Admin/AdminServer.swift`.
    let path: String
    /// The lines as written.
    let lines: [Substring]
    /// The text with comments and string contents replaced by spaces, byte for byte as long, lines kept.
    let code: [UInt8]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        code = path.hasSuffix(".swift") ? CodeMask.blank(text) : Array(text.utf8)
    }

    /// The target that the file belongs to: the folder under `Sources`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[1]) : ""
    }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// Lines of the masked text, the first one at index 0.
    var codeLines: [String] {
        code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    func lineNumber(at offset: Int) -> Int {
        code[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
    }
}
