/// The formats that lines may have (`parse.formats`).
package struct FormatChoice: Sendable {
    package var takesJSON: Bool
    package var takesLogfmt: Bool
    /// Text formats; plain text is always among them.
    package var text: [TextFormat]
    /// Without it, what text says of time and level is left unread: redaction alone needs none of it.
    package var readsText = true

    /// Makes a choice; by default everything is recognised.
    package init(takesJSON: Bool = true, takesLogfmt: Bool = true, text: [TextFormat] = TextFormat.allCases) {
        self.takesJSON = takesJSON
        self.takesLogfmt = takesLogfmt
        self.text = text
    }

    /// The choice that names of `parse.formats` make, tried in their order; nil where one is none of ours.
    package init?(names: [String]) {
        self.init(takesJSON: false, takesLogfmt: false, text: [])
        for name in names {
            if name == "auto" || name == "json" { takesJSON = true }
            if name == "auto" || name == "logfmt" { takesLogfmt = true }
            if name == "json" || name == "logfmt" { continue }
            guard let formats = TextFormat.formats(named: name) else { return nil }
            text += formats.filter { !text.contains($0) }
        }
    }
}
