/// One thing that must not leave the host, with how it is found and the proof that it is.
package struct Detector: Sendable {
    /// Names it in configuration, tags and counters: `github-token`.
    package let name: String
    package let group: DetectorGroup
    package let isOnByDefault: Bool
    /// What it finds, for people.
    package let summary: String
    /// Where the format comes from.
    package let source: String
    /// Lines in which it must find something; `{a36}` stands for 36 made-up characters, see `SampleText`.
    package let positives: [String]
    /// Lines that look alike and must stay as they are.
    package let nearMisses: [String]
    let precedence: Finding.Precedence
    /// Digits or hex without a prefix: stays away from the values of keys that hold ids.
    let isPlainNumber: Bool
    let anchors: [Anchor]
    /// `MARTLET_SHAPE_*`.
    let shapes: UInt32
    let form: ProbeForm
    /// For tokens: what stands behind the anchor.
    let pattern: String
    let rules: TokenVerifier.Rules

    /// A literal that the kernel looks for.
    struct Anchor: Sendable, Equatable {
        var text: String
        var folds = false
        var wantsEdge = true
        /// So many letters, digits, dashes and underscores stand behind it in whatever the detector finds; at most 16.
        var wordBytes: UInt8 = 0
    }

    /// A detector with a verifier of its own.
    init(
        _ name: String,
        _ group: DetectorGroup,
        _ summary: String,
        form: ProbeForm,
        anchors: [Anchor] = [],
        shapes: UInt32 = 0,
        isPlainNumber: Bool = false,
        precedence: Finding.Precedence = .specific,
        isOnByDefault: Bool = true,
        positives: [String],
        nearMisses: [String],
        source: String
    ) {
        self.name = name
        self.group = group
        self.summary = summary
        self.form = form
        self.anchors = anchors
        self.shapes = shapes
        self.isPlainNumber = isPlainNumber
        self.precedence = precedence
        self.isOnByDefault = isOnByDefault
        self.positives = positives
        self.nearMisses = nearMisses
        self.source = source
        pattern = ""
        rules = []
    }

    /// A secret with known literals and known characters behind them.
    ///
    /// The first positive is made from the first literal and `sample`, then put into some contexts.
    init(
        token name: String,
        _ literals: [String],
        _ pattern: String,
        sample: String,
        misses: [String] = [],
        rules: TokenVerifier.Rules = [],
        wantsEdge: Bool = true,
        folds: Bool = false,
        source: String,
        isOnByDefault: Bool = true,
        group: DetectorGroup = .secrets
    ) {
        self.name = name
        self.group = group
        summary =
            "\(group == .secrets ? "Secrets" : "Texts") that begin with or hold \(literals.prefix(6).map { "`\($0)`" }.joined(separator: ", "))."
        form = .token
        anchors = literals.map { Anchor(text: $0, folds: folds, wantsEdge: wantsEdge) }
        shapes = 0
        isPlainNumber = false
        precedence = .specific
        self.isOnByDefault = isOnByDefault
        positives = [
            "key \(sample)", "using (\(sample)) now", "[\(sample)]", "\(sample), then", #"{"note":"sent \#(sample)"}"#,
            "a=\(sample)&b=1",
        ]
        nearMisses = misses
        self.source = source
        self.pattern = pattern
        self.rules = rules
    }
}

/// Which code looks at a candidate.
enum ProbeForm: UInt8, Sendable {
    case token, jwt, base64JSON, privateKey, base64PrivateKey, puttyKey
    case email, urlPassword, card, phone, phoneGroups, iban, ssn, nationalID, ipv4, ipv6, mac
    case keyOperator, spacedOperator, quotedKey, element, flag
    case authorizationScheme, basicScheme, queryParameter, sasSignature, webhook, sqlPassword, netrc, curlUser
    case percentEscape, contextWord, appAccessToken, keyedGlob, userPattern
}

/// Makes sample text: `{a36}` becomes 36 letters and digits that no placeholder rule takes for filler.
package enum SampleText {
    /// Expands every `{<class><count>}`: a letters and digits, u capitals and digits, l small letters and digits,
    /// h hexadecimal, d digits, s base64url, b base64.
    package static func expand(_ template: String) -> String { expand(template, seed: 7) }

    /// The same with other characters for another seed.
    package static func expand(_ template: String, seed: UInt32) -> String {
        expandWithPieces(template, seed: seed).text
    }

    /// The same, with the made-up pieces by themselves.
    static func expandWithPieces(_ template: String, seed: UInt32 = 7) -> (text: String, pieces: [String]) {
        var out: [UInt8] = []
        var pieces: [String] = []
        let bytes = Array(template.utf8)
        var at = 0
        var state = seed == 7 ? 7 : seed &* 2_654_435_761
        while at < bytes.count {
            if bytes[at] == 0x7B, let (set, count, next) = field(bytes, at) {
                for _ in 0..<count {
                    state = state &* 1_664_525 &+ 1_013_904_223
                    out.append(set[Int(state >> 16) % set.count])
                }
                pieces.append(String(decoding: out.suffix(count), as: UTF8.self))
                at = next
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return (String(decoding: out, as: UTF8.self), pieces)
    }

    private static func field(_ bytes: [UInt8], _ open: Int) -> ([UInt8], Int, Int)? {
        guard open + 2 < bytes.count, let set = sets[bytes[open + 1]] else { return nil }
        var at = open + 2
        var count = 0
        while at < bytes.count, bytes[at].isDigit {
            count = count * 10 + Int(bytes[at] & 15)
            at += 1
        }
        guard at < bytes.count, bytes[at] == 0x7D, count > 0, count < 1000 else { return nil }
        return (set, count, at + 1)
    }

    private static let sets: [UInt8: [UInt8]] = {
        let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let digits = "0123456789"
        let all: [Character: String] = [
            "a": capitals + capitals.lowercased() + digits, "u": capitals + "234567",
            "l": capitals.lowercased() + digits,
            "h": digits + "abcdef", "d": digits, "s": capitals + capitals.lowercased() + digits + "_-",
            "b": capitals + capitals.lowercased() + digits + "+/",
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.key.asciiValue ?? 0, Array($0.value.utf8)) })
    }()
}
