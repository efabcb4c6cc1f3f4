/// How documents stand behind each other.
enum DocumentFraming {
    /// `{"create":{"_id":"…"}}` and the document, a line each: what `_bulk` takes.
    case bulk
    /// A document a line.
    case lines
}
