/// The labels of one series, escaped once and copied at every scrape.
///
/// Whatever comes in, what goes out is well formed, because one bad line makes a scraper refuse all of `/metrics`: a
/// character that a label name must not have becomes `_`, and of a name that comes twice the first one stays.
package struct LabelSet: Sendable, Hashable {
    /// `a="b",c="d"`, without braces.
    let text: [UInt8]
    /// Characters of names and values together; OpenMetrics gives an exemplar at most 128.
    let characters: Int

    /// A series without labels.
    package static let none = LabelSet([])

    /// Escapes labels, kept in the order given.
    package init(_ labels: [(name: String, value: String)]) {
        var text: [UInt8] = []
        var names: [String] = []
        var characters = 0
        for (name, value) in labels {
            let name = Self.validName(name)
            guard !names.contains(name) else { continue }
            if !names.isEmpty { text.append(UInt8(ascii: ",")) }
            names.append(name)
            characters += name.unicodeScalars.count + value.unicodeScalars.count
            text += name.utf8
            text += [UInt8(ascii: "="), UInt8(ascii: "\"")]
            Self.escape(value, into: &text)
            text.append(UInt8(ascii: "\""))
        }
        self.text = text
        self.characters = characters
    }

    var isEmpty: Bool { text.isEmpty }

    /// Names and values as they were given, for readers other than a scraper.
    package var pairs: [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        var rest = text[...]
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let name = String(decoding: rest[..<equals], as: UTF8.self)
            let (value, end) = Self.unescape(rest[(equals + 2)...])
            pairs.append((name: name, value: value))
            rest = rest[min(end + 2, rest.endIndex)...]
        }
        return pairs
    }

    /// Reads up to the closing quote, and says where that stands.
    private static func unescape(_ text: ArraySlice<UInt8>) -> (value: String, end: Int) {
        var value: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex, text[index] != UInt8(ascii: "\"") {
            if text[index] == UInt8(ascii: "\\"), index + 1 < text.endIndex {
                index += 1
                value.append(text[index] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[index])
            } else {
                value.append(text[index])
            }
            index += 1
        }
        return (String(decoding: value, as: UTF8.self), index)
    }

    static func escape(_ value: String, into text: inout [UInt8]) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): text += [byte, byte]
            case UInt8(ascii: "\""): text += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): text += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            default: text.append(byte)
            }
        }
    }

    private static func validName(_ name: String) -> String {
        var bytes = name.unicodeScalars.map { isNameCharacter($0) ? UInt8($0.value) : UInt8(ascii: "_") }
        if bytes.first.map({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) ?? true {
            bytes.insert(UInt8(ascii: "_"), at: 0)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isNameCharacter(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}

extension LabelSet: ExpressibleByDictionaryLiteral {
    /// Lets a table of constant labels be written as `["input": "docker"]`.
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}
