/// Decides what a key means for redaction: nothing, that its value is an id, or which rule takes its value.
///
/// Words are compared as words, never as substrings (`author` is not `auth`), with a short list of exceptions that
/// are distinctive enough. Immutable after init; lookups allocate nothing.
struct KeyClassifier: Sendable {
    /// What the rules of a policy are, in the order of verdicts.
    let rules: [KeyRule]
    /// Globs of the configuration, matched against the lower-case key.
    private let patterns: [KeyPattern]
    private let words: [UInt64: Role]
    private let inside: [InsideWord]
    private let pairRule: UInt8?
    private let tails = KeyRule.tails.map { Array($0.utf8) }

    /// What one word, or some words written as one, say about a key.
    private struct Role {
        var anywhere: UInt8?
        var atEnd: UInt8?
        var isProtected = false
        var isNegative = false
        var isDescriptionEnd = false
        var isPropertyEnd = false
        var isPublicID = false
        var isHarmlessToken = false
        var isQuestion = false
    }

    private struct InsideWord {
        var bytes: [UInt8]
        var rule: UInt8
    }

    /// Makes a classifier from rules (at most 253 with the patterns) and the globs of the configuration.
    init(rules: [KeyRule], patterns: [KeyPattern] = []) {
        precondition(rules.count + patterns.count <= 253)
        var words: [UInt64: Role] = [:]
        var inside: [InsideWord] = []
        for (index, rule) in rules.enumerated().reversed() {
            let number = UInt8(index)
            for word in rule.anywhere { words[WordHash.of(word), default: Role()].anywhere = number }
            for word in rule.atEnd { words[WordHash.of(word), default: Role()].atEnd = number }
            inside += rule.inside.map { InsideWord(bytes: Array($0.utf8), rule: number) }
        }
        for word in KeyRule.protectedKeys { words[WordHash.of(word), default: Role()].isProtected = true }
        for word in KeyRule.negativeEnds { words[WordHash.of(word), default: Role()].isNegative = true }
        for word in KeyRule.descriptionEnds { words[WordHash.of(word), default: Role()].isDescriptionEnd = true }
        for word in KeyRule.propertyEnds { words[WordHash.of(word), default: Role()].isPropertyEnd = true }
        for word in KeyRule.publicIDs { words[WordHash.of(word), default: Role()].isPublicID = true }
        for word in KeyRule.harmlessTokens { words[WordHash.of(word), default: Role()].isHarmlessToken = true }
        for word in KeyRule.questionWords { words[WordHash.of(word), default: Role()].isQuestion = true }
        self.rules = rules + patterns.map(\.rule)
        self.words = words
        self.inside = inside
        self.patterns = patterns
        pairRule = rules.firstIndex { $0.treatment == .pair }.map(UInt8.init)
    }

    /// The verdict for a key: `KeyVerdict.rawValue`, or 2 + the index of a rule.
    func verdict(forKey key: UnsafeBufferPointer<UInt8>) -> UInt8 {
        guard key.count > 0, !isTag(key) else { return KeyVerdict.plain.rawValue }
        for (index, pattern) in patterns.enumerated() where pattern.matches(key) {
            return KeyVerdict.sensitive.rawValue + UInt8(rules.count - patterns.count + index)
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: KeyWords.memoryBytes) { memory in
            guard let base = memory.baseAddress else { return KeyVerdict.plain.rawValue }
            let words = KeyWords(key, memory: base)
            return verdict(of: words)
        }
    }

    /// A key that was redacted itself, wholly or in part: `[REDACTED:github-token]`.
    private func isTag(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard key.count > 10, let open = key.firstIndex(of: 0x5B) else { return false }
        return key[(open + 1)...].starts(with: "REDACTED:".utf8)
    }

    private func verdict(of key: borrowing KeyWords) -> UInt8 {
        guard key.wordCount > 0 else { return KeyVerdict.plain.rawValue }
        let last = key.wordCount - 1
        let whole = role(key, 0, last)
        if whole?.isProtected == true || isProtectedByEnd(key) { return KeyVerdict.protected.rawValue }
        if let rule = whole?.anywhere ?? whole?.atEnd { return KeyVerdict.sensitive.rawValue + rule }
        if let pairRule, isPairValue(key) { return KeyVerdict.sensitive.rawValue + pairRule }
        if let rule = phraseAtEnd(key) { return KeyVerdict.sensitive.rawValue + rule }
        if isNegative(key) { return KeyVerdict.plain.rawValue }
        if let rule = sensitiveRule(key) { return KeyVerdict.sensitive.rawValue + rule }
        return KeyVerdict.plain.rawValue
    }

    private func role(_ key: borrowing KeyWords, _ first: Int, _ last: Int) -> Role? { words[key.hash(first, last)] }

    /// `myTraceId`, `upstream_request_id`: the last two words are an id of the list.
    private func isProtectedByEnd(_ key: borrowing KeyWords) -> Bool {
        let last = key.wordCount - 1
        guard last > 0 else { return false }
        if role(key, last - 1, last)?.isProtected == true { return true }
        guard let end = role(key, last, last), end.isProtected else { return false }
        // `password_hash` is no harmless hash.
        return (0..<last).allSatisfy { role(key, $0, $0)?.anywhere == nil && role(key, $0, $0)?.atEnd == nil }
    }

    /// `customer_birth_date`: two words or more at the end that mean something together, before `date` alone does.
    private func phraseAtEnd(_ key: borrowing KeyWords) -> UInt8? {
        let last = key.wordCount - 1
        for first in max(0, last - 3)..<max(last, 0) {
            if let role = role(key, first, last), let rule = role.anywhere ?? role.atEnd { return rule }
        }
        return nil
    }

    private func isNegative(_ key: borrowing KeyWords) -> Bool {
        let last = key.wordCount - 1
        guard last > 0 else { return false }
        if role(key, last, last)?.isNegative == true { return true }
        if last > 1, role(key, last - 1, last)?.isNegative == true { return true }
        if role(key, 0, 0)?.isQuestion == true { return true }
        if isID(key, last), role(key, last - 1, last - 1)?.isPublicID == true { return true }
        guard isWord(key, last, "token") else { return false }
        return role(key, last - 1, last - 1)?.isHarmlessToken == true
            || last > 1 && role(key, last - 2, last - 1)?.isHarmlessToken == true
    }

    private func isID(_ key: borrowing KeyWords, _ word: Int) -> Bool {
        isWord(key, word, "id") || isWord(key, word, "uid") || isWord(key, word, "uuid") || isWord(key, word, "guid")
    }

    /// Whether a key in an object tells about the secret or the thing that this is, and is no secret: `userName`,
    /// `issued_at`, `account_id`.
    func isHarmlessProperty(_ key: UnsafeBufferPointer<UInt8>, of contents: KeyRule.Contents) -> Bool {
        guard key.count > 0, contents != .names else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: KeyWords.memoryBytes) { memory in
            guard let base = memory.baseAddress else { return false }
            let words = KeyWords(key, memory: base)
            let last = words.wordCount - 1
            guard last >= 0, verdict(of: words) < KeyVerdict.sensitive.rawValue else { return false }
            if role(words, last, last)?.isDescriptionEnd == true { return true }
            guard contents != .secrets else { return false }
            if role(words, last, last)?.isPropertyEnd == true { return true }
            if contents == .namespace, role(words, last, last)?.isNegative == true { return true }
            // Its own id, and those of others.
            return isID(words, last) && (last == 0 ? contents != .session : anyRule(words) == nil)
        }
    }

    /// For `explain`: the rule that a key's words are like, and why it is none; nil where no word is sensitive.
    func refusal(forKey key: UnsafeBufferPointer<UInt8>) -> (rule: String, reason: String)? {
        guard key.count > 0, !isTag(key) else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: KeyWords.memoryBytes) { memory in
            guard let base = memory.baseAddress else { return nil }
            let words = KeyWords(key, memory: base)
            guard words.wordCount > 0, let rule = sensitiveRule(words) ?? anyRule(words) else { return nil }
            let isIDs = verdict(of: words) == KeyVerdict.protected.rawValue
            let reason =
                isIDs
                ? "the key holds ids, digests or times"
                : isNegative(words)
                    ? "the key speaks about a secret and is none" : "the word counts only at a key's end"
            return (rules[Int(rule)].name, reason)
        }
    }

    /// The rule of any word, wherever it stands.
    private func anyRule(_ key: borrowing KeyWords) -> UInt8? {
        for word in 0..<key.wordCount {
            if let role = role(key, word, word), let rule = role.anywhere ?? role.atEnd { return rule }
        }
        return nil
    }

    private func isWord(_ key: borrowing KeyWords, _ word: Int, _ text: StaticString) -> Bool {
        let start = key.start(of: word)
        guard key.end(of: word) - start == text.utf8CodeUnitCount else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { key.bytes[start + $0] == text.utf8Start[$0] }
    }

    private func sensitiveRule(_ key: borrowing KeyWords) -> UInt8? {
        var best: UInt8?
        let last = key.wordCount - 1
        for first in 0...last {
            for end in first...min(first + 3, last) {
                guard let role = role(key, first, end) else { continue }
                let rule = end == last ? role.atEnd ?? role.anywhere : role.anywhere
                if let rule, role.anywhere != nil || end == last { best = min(best ?? rule, role.anywhere ?? rule) }
            }
        }
        return best ?? ruleInside(key) ?? ruleOfTail(key) ?? ruleWithoutNumber(key)
    }

    /// `requesttoken`, but not `nexttoken`.
    private func ruleOfTail(_ key: borrowing KeyWords) -> UInt8? {
        let word = key.start(of: key.wordCount - 1)..<key.end(of: key.wordCount - 1)
        for tail in tails where word.count > tail.count {
            let start = word.upperBound - tail.count
            guard tail.indices.allSatisfy({ key.bytes[start + $0] == tail[$0] }) else { continue }
            if words[key.hash(bytes: word.lowerBound..<start)]?.isHarmlessToken == true { return nil }
            return words[key.hash(bytes: start..<word.upperBound)]?.atEnd
        }
        return nil
    }

    /// `password2`, `token1`.
    private func ruleWithoutNumber(_ key: borrowing KeyWords) -> UInt8? {
        let last = key.wordCount - 1
        var end = key.end(of: last)
        while end > key.start(of: last), key.bytes[end - 1].isDigit { end -= 1 }
        guard end < key.end(of: last), end > key.start(of: last) else { return nil }
        let role = words[key.hash(bytes: key.start(of: last)..<end)]
        return role?.anywhere ?? role?.atEnd
    }

    private func ruleInside(_ key: borrowing KeyWords) -> UInt8? {
        for word in inside where contains(key, word.bytes) { return word.rule }
        return nil
    }

    private func contains(_ key: borrowing KeyWords, _ word: [UInt8]) -> Bool {
        guard key.byteCount >= word.count else { return false }
        for start in 0...(key.byteCount - word.count) where key.bytes[start] == word[0] {
            var i = 1
            while i < word.count, key.bytes[start + i] == word[i] { i += 1 }
            if i == word.count { return true }
        }
        return false
    }

    private func isPairValue(_ key: borrowing KeyWords) -> Bool {
        key.wordCount == 1 && (isWord(key, 0, "value") || isWord(key, 0, "val"))
    }
}

/// A key glob of the configuration, such as `x-internal-*`.
struct KeyPattern: Sendable {
    let rule: KeyRule
    private let parts: [[UInt8]]
    private let isOpenAtStart: Bool
    private let isOpenAtEnd: Bool

    /// Makes a pattern; `*` stands for any bytes, letters match in both cases.
    init(_ glob: String) {
        let name = glob.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        rule = KeyRule(name.isEmpty ? "custom-key" : name, .secrets)
        parts = glob.lowercased().split(separator: "*", omittingEmptySubsequences: true).map { Array($0.utf8) }
        isOpenAtStart = glob.hasPrefix("*")
        isOpenAtEnd = glob.hasSuffix("*")
    }

    /// The longest literal part, for the kernel.
    var longestPart: [UInt8] { parts.max { $0.count < $1.count } ?? [] }

    /// Whether the whole key matches.
    func matches(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        for (index, part) in parts.enumerated() {
            let isFirst = index == 0 && !isOpenAtStart
            let isLast = index == parts.count - 1 && !isOpenAtEnd
            guard let found = find(part, in: key, from: isLast ? max(at, key.count - part.count) : at, only: isFirst)
            else { return false }
            if isLast, found + part.count != key.count { return false }
            at = found + part.count
        }
        return !parts.isEmpty || isOpenAtStart
    }

    private func find(_ part: [UInt8], in key: UnsafeBufferPointer<UInt8>, from: Int, only: Bool) -> Int? {
        var start = from
        while start + part.count <= key.count {
            if part.indices.allSatisfy({ key[start + $0].lowercased == part[$0] }) { return start }
            if only { return nil }
            start += 1
        }
        return nil
    }
}
