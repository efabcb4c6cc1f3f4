/// What the YAML parser met, without what a configuration may not have.
struct YAMLEvent {
    /// The kinds of event.
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        /// A value; `isPlain` means without quotes and no block, `isSingleQuoted` between single quotes on one line.
        case scalar(text: String, isPlain: Bool, isSingleQuoted: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
        case alias(name: String)
    }

    /// What it is.
    let kind: Kind
    /// Where it begins.
    let mark: Mark
    /// The name after `&`, which configurations do not use.
    let anchor: String?
    /// The text after `!`, which configurations do not use.
    let tag: String?
}
