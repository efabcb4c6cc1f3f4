/// Writes `docs/reference/detectors.md` from the catalogue: what `martlet redact --list` prints.
package enum DetectorReference {
    /// The whole document.
    package static func markdown() -> String {
        var text = """
            # What is redacted

            <!-- Written by `martlet redact --list`; change the catalogue in Sources/RecordPath/Redaction, then run it again. -->

            The names are those of `redact.detectors`, of tags (`[REDACTED:email]`) and of \
            `martlet_redactions_total{detector}`. In samples, `{a36}` stands for 36 made-up letters and digits \
            (`d` digits, `h` hexadecimal, `u` capitals, `l` small letters, `s` base64url, `b` base64). \
            `martlet redact --selftest` shows every sample to its detector.


            """
        for group in DetectorGroup.allCases { append(group, to: &text) }
        appendKeyRules(to: &text)
        return text
    }

    private static func append(_ group: DetectorGroup, to text: inout String) {
        let detectors = Detector.catalogue.filter { $0.group == group }
        text += "## Group `\(group.rawValue)`\n\n"
        text += "| detector | default | finds | for example | stays as it is | source |\n|---|---|---|---|---|---|\n"
        for detector in detectors {
            let samples = detector.positives.prefix(detector.form == .token ? 1 : 3)
            let misses = detector.nearMisses.prefix(3)
            text +=
                "| `\(detector.name)` | \(detector.isOnByDefault ? "on" : "off") | \(cell(detector.summary)) | "
                + "\(samples.map(code).joined(separator: " ")) | \(misses.map(code).joined(separator: " ")) | "
                + "\(cell(detector.source)) |\n"
        }
        text += "\n"
    }

    private static func appendKeyRules(to text: inout String) {
        text += """
            ## Key rules

            The names are those of `redact.keys`; tags and counters say `password` and `key:password`. A key is taken \
            apart into words (`userPassword2`, `user[password]` and `X-User-Password` are `user password`) and words are \
            compared whole. A value goes only where it fits what the rule wants, and never where it is empty, a \
            variable to be filled in, a boolean, or masked already.

            | rule | group | default | words, anywhere in the key | words, at its end | the value |
            |---|---|---|---|---|---|

            """
        for rule in KeyRule.catalogue where rule.treatment != .pair {
            text +=
                "| `\(rule.name)` | \(rule.group.rawValue) | \(rule.isOnByDefault ? "on" : "off") | "
                + "\(rule.anywhere.joined(separator: " ")) | \(rule.atEnd.joined(separator: " ")) | \(value(of: rule)) |\n"
        }
        text += """

            A key that ends in one of these words speaks about a secret and is none: \
            \(KeyRule.negativeEnds.joined(separator: " ")).

            Of an object or a list under a sensitive key every string and number goes, but for what describes it: \
            names that end in \(KeyRule.descriptionEnds.joined(separator: " ")). Under \(things) it may be a thing with \
            properties: ids stay as well (but not the id of a session itself), and names that end in one of these words: \
            \(KeyRule.propertyEnds.joined(separator: " ")). Of what is called `auth` only that goes which is called a \
            secret itself or looks like one: 16 bytes or more, no words, no number, no URL.

            Keys with these names hold ids, digests and times, and detectors of bare digits stay away from their values: \
            \(KeyRule.protectedKeys.joined(separator: " ")).

            """
    }

    private static var things: String {
        KeyRule.catalogue.filter { $0.contents == .thing || $0.contents == .session }.map { "`\($0.name)`" }.joined(
            separator: ", "
        )
    }

    private static func value(of rule: KeyRule) -> String {
        switch rule.treatment {
        case .authorization: return "the credentials; the scheme stays"
        case .cookie: return "the values of cookies; names and harmless cookies stay"
        case .whole, .pair: break
        }
        return rule.shape.description
    }

    /// A text in a cell of a table.
    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    /// A sample as code: on one line, with bars that do not end the cell and marks that hide nothing.
    private static func code(_ sample: String) -> String {
        var shown = ""
        for scalar in sample.unicodeScalars {
            switch scalar {
            case "\n": shown += "⏎"
            case "|": shown += "\\|"
            case "\u{1B}": shown += "␛"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown.contains("`") ? "`` \(shown) ``" : "`\(shown)`"
    }
}

extension KeyRule.Shape {
    /// What a value must look like, for people.
    var description: String {
        switch self {
        case .anything: "anything"
        case .long: "8 bytes or more"
        case .made: "anything but a constant such as `NOT_SET`"
        case .otherThanUUID: "anything without a UUID"
        case .opaque: "16 bytes or more, no blank, no bracket, no words, no number"
        case .credential: "anything but a constant or the name of a way to authenticate, of a host or of a type"
        case .cvv: "3 or 4 digits"
        case .pin: "4 to 8 digits"
        case .oneTimeCode: "4 letters and digits or more, a digit among them"
        case .expiry: "a month and a year"
        case .cardNumber: "8 to 19 digits"
        case .idNumber: "4 to 34 letters and digits, 3 digits at least"
        case .phone: "7 to 15 digits"
        case .email: "something with an @"
        case .date: "4 digits at least"
        }
    }
}
