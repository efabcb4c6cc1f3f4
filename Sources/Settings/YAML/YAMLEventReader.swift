import CYAML

/// Reads the events of one YAML text through libyaml.
///
/// Owns the parser and the bytes it reads: the parser holds a pointer into the bytes, so neither may move or go
/// away before `yaml_parser_delete`. Both are therefore allocated once and freed together.
struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let file: String

    /// Starts to read; nil where there is no memory for the parser.
    init?(_ bytes: [UInt8], file: String) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        self.file = file
        self.parser = parser
        input = .allocate(capacity: max(bytes.count, 1))
        _ = input.initialize(from: bytes)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; after `streamEnd` and after an error there is none to ask for.
    func next() throws(ConfigurationProblem) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxProblem() }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(
            kind: kind(of: event),
            mark: mark(event.start_mark),
            anchor: anchor(of: event),
            tag: tag(of: event)
        )
    }

    private func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_SCALAR_EVENT: scalar(event)
        case YAML_SEQUENCE_START_EVENT: .sequenceStart
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT: .mappingStart
        case YAML_MAPPING_END_EVENT: .mappingEnd
        case YAML_ALIAS_EVENT: .alias(name: text(event.data.alias.anchor) ?? "")
        default: .streamEnd
        }
    }

    private func scalar(_ event: yaml_event_t) -> YAMLEvent.Kind {
        // The length counts: a double-quoted "\0" is a NUL byte inside the value.
        let bytes = UnsafeBufferPointer(start: event.data.scalar.value, count: event.data.scalar.length)
        return .scalar(
            text: String(decoding: bytes, as: UTF8.self),
            isPlain: event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE,
            isSingleQuoted: event.data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE
                && event.start_mark.line == event.end_mark.line
        )
    }

    private func anchor(of event: yaml_event_t) -> String? {
        switch event.type {
        case YAML_SCALAR_EVENT: text(event.data.scalar.anchor)
        case YAML_SEQUENCE_START_EVENT: text(event.data.sequence_start.anchor)
        case YAML_MAPPING_START_EVENT: text(event.data.mapping_start.anchor)
        default: nil
        }
    }

    private func tag(of event: yaml_event_t) -> String? {
        switch event.type {
        case YAML_SCALAR_EVENT: text(event.data.scalar.tag)
        case YAML_SEQUENCE_START_EVENT: text(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT: text(event.data.mapping_start.tag)
        default: nil
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func mark(_ mark: yaml_mark_t) -> Mark {
        Mark(file: file, line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
    }

    private func syntaxProblem() -> ConfigurationProblem {
        let found = parser.pointee.problem.map { String(cString: $0) } ?? "the text cannot be read"
        let isEncoding = parser.pointee.error == YAML_READER_ERROR
        let place = isEncoding ? byteMark(parser.pointee.problem_offset) : mark(parser.pointee.problem_mark)
        var problem = isEncoding ? "this is no UTF-8 text: \(found)" : "this is no YAML: \(found)"
        if let context = parser.pointee.context, !isEncoding {
            problem += " \(String(cString: context))"
            let start = parser.pointee.context_mark
            if start.line != parser.pointee.problem_mark.line { problem += " that begins at line \(start.line + 1)" }
        }
        return ConfigurationProblem(mark: place, key: "", problem: problem, advice: Self.advice(for: found))
    }

    /// Line and column of a byte: libyaml gives no more for text that is no UTF-8.
    private func byteMark(_ offset: Int) -> Mark {
        let before = input.prefix(max(0, min(offset, input.count)))
        let newline = UInt8(ascii: "\n")
        let line = before.count { $0 == newline } + 1
        let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? before.startIndex
        let continuation: (UInt8) -> Bool = { $0 & 0xC0 == 0x80 }
        return Mark(file: file, line: line, column: before[lineStart...].count { !continuation($0) } + 1)
    }

    /// What libyaml means, in the words of somebody who writes a configuration.
    private static func advice(for problem: String) -> String {
        let table: [(part: String, advice: String)] = [
            ("cannot start any token", "indent with spaces, and put quotes around a value that begins with @, ` or %"),
            (
                "mapping values are not allowed",
                "put quotes around a value that contains `: `, and check the indentation"
            ),
            ("could not find expected ':'", "write `key: value`, with a space behind the colon"),
            ("did not find expected key", "indent the keys of one mapping alike, and close every quote"),
            ("did not find expected '-'", "indent the items of one list alike"),
            ("expected ',' or ']'", "separate the items with commas and close the list with `]`"),
            ("expected ',' or '}'", "separate the keys with commas and close the mapping with `}`"),
            ("unexpected end of stream", "close the quote or the bracket"),
            ("unexpected document indicator", "close the quote or the bracket"),
            ("escape", "write a backslash as `\\\\` in double quotes, or use single quotes"),
            ("block sequence entries are not allowed", "begin the list on a line of its own"),
            ("UTF-8", "save the file as UTF-8"),
            ("control characters", "remove the control character, or write it as an escape in double quotes"),
        ]
        return table.first { problem.contains($0.part) }?.advice ?? "check quotes and indentation around this place"
    }
}
