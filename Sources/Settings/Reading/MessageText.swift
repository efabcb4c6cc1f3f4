/// Makes text of a file fit for a message: on one line, without control characters, not too long.
package enum MessageText {
    /// Characters of a value that a message shows.
    package static let shownCharacters = 80

    /// The text between backquotes, cut after `shownCharacters`.
    package static func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.count > shownCharacters
        let cut = shown ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(shownCharacters))) + "…" : text
        return "`\(oneLine(cut))`"
    }

    /// The text with every control and format character written as `\u{…}`: a file must not steer a terminal.
    package static func oneLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard isDangerous(scalar) else {
                result.append(scalar)
                continue
            }
            result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
        }
        return String(result)
    }

    /// The message with every text of the given values replaced by the way they were written.
    static func hiding(_ values: [ConfigurationScalar], in message: String) -> String {
        var message = message
        for value in values where !value.text.isEmpty {
            message = replacing(value.text, by: value.isInterpolated ? value.written : "[secret]", in: message)
        }
        return message
    }

    private static func replacing(_ text: String, by replacement: String, in message: String) -> String {
        let pattern = Array(text.utf8)
        let bytes = Array(message.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: pattern) {
                result += replacement.utf8
                index += pattern.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
