/// Why what stands at a detector's literal is not what the detector finds.
enum TokenRefusal {
    /// The stretch, and the first check that fails; nil: all are passed.
    static func of(_ detector: Detector, _ text: Text, at: Int, literalCount: Int) -> (Range<Int>, String?) {
        let bodyStart = at + literalCount
        let whole = at..<max(bodyStart, text.end(of: .urlSafe.union(ByteSet(".+/=")), from: bodyStart, limit: at + 256))
        if detector.anchors.contains(where: { $0.wantsEdge }), !text.hasLeftEdge(at: at), detector.form != .phone {
            return (whole, "it stands inside a longer word")
        }
        switch detector.form {
        case .token:
            guard let pattern = TokenPattern(detector.pattern) else { return (whole, nil) }
            return (whole, token(detector, pattern, text, at, bodyStart))
        case .jwt: return (whole, JwtVerifier.match(text, at: at) == nil ? jwt(text, at) : nil)
        case .base64JSON: return (whole, "nothing in it, once decoded, is to be redacted")
        default:
            let found = ContextVerifier.match(detector.form, text, at: at, literalCount: literalCount)
            return (whole, found == nil ? word(for: detector.form) : nil)
        }
    }

    private static func token(
        _ detector: Detector,
        _ pattern: TokenPattern,
        _ text: Text,
        _ at: Int,
        _ body: Int
    )
        -> String?
    {
        var elements = pattern.elements[...]
        var start = at
        if detector.rules.contains(.lookBack), let before = elements.popFirst() {
            start = text.start(of: before.set, before: at, reach: min(before.most, 256))
            if at - start < before.least {
                return "\(at - start) characters that fit stand before it, not \(before.least)"
            }
        }
        var end = body
        for (index, element) in elements.enumerated() {
            let next = text.end(of: element.set, from: end, limit: element.most == .max ? .max : end + element.most)
            if next - end < element.least {
                let part = elements.count > 1 ? "part \(index + 1) of it has" : "it has"
                return "\(part) \(next - end) characters that fit, not \(element.least)"
            }
            end = next
        }
        if !detector.rules.contains(.plain), TokenVerifier.isPlaceholder(text, body..<end) {
            return "it looks like a placeholder"
        }
        if detector.rules.contains(.inContext), !TokenVerifier.hasContext(text, before: start) {
            return "no word such as key, token or secret stands before it"
        }
        if detector.rules.contains(.exact), text[end].isAlphanumeric { return "it is longer than such a token" }
        return nil
    }

    private static func jwt(_ text: Text, _ at: Int) -> String {
        let end = text.end(of: .urlSafe, from: at)
        if end - at < 17 { return "its header is shorter than any" }
        return text[end] == 0x2E ? "what follows its header is too short" : "no dot stands behind its header"
    }

    private static func word(for form: ProbeForm) -> String {
        switch form {
        case .privateKey: "certificates and public keys are no secrets"
        case .base64PrivateKey: "what it encodes is no private key"
        case .authorizationScheme: "what follows is a word, a parameter or a placeholder"
        case .basicScheme: "what follows is no base64 of a user and a password"
        case .queryParameter: "its value is too short or too plain for a secret"
        case .sasSignature: "no other parameter of a shared access URL stands beside it"
        case .webhook: "the path behind it is too short for one with a secret"
        case .sqlPassword: "no quoted password follows"
        case .netrc: "no login stands before it"
        case .curlUser: "no client's user and password follow"
        case .contextWord: "no number follows, or its length or check digits are wrong"
        default: "what follows does not fit"
        }
    }
}
