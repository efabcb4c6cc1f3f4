/// The formats that lines may have (`parse.formats`).
package struct FormatChoice: Sendable {
    package var takesJSON: Bool
    package var takesLogfmt: Bool
    /// Text formats; plain text is always among them.
    package var text: [TextFormat]

    /// Makes a choice; by default everything is recognised.
    package init(takesJSON: Bool = true, takesLogfmt: Bool = true, text: [TextFormat] = TextFormat.allCases) {
        self.takesJSON = takesJSON
        self.takesLogfmt = takesLogfmt
        self.text = text
    }
}
