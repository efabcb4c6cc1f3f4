extension Redactor {
    /// Keys in running text: the candidate is the end of a sensitive word with its operator, or an operator behind a
    /// blank, a quote or a bracket, or a flag.
    mutating func runKey(_ probe: Probe, _ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        guard at >= state.deadValueEnd else { return }
        switch probe.form {
        case .keyOperator: takeKeyed(text, keyEnd: at + 2, operatorAt: at + 2, view, &state)
        case .spacedOperator:
            if text[at] == 0x5B {  // a coloured key: ESC [0m =
                return takeKeyed(text, keyEnd: at - 1, operatorAt: at + 3, view, &state)
            }
            let keyEnd = text[at] == 0x20 ? text.start(of: .blank, before: at, reach: 8) : at + 1
            takeKeyed(text, keyEnd: keyEnd, operatorAt: at + 1, view, &state)
        case .quotedKey: takeQuotedKey(text, at, view, &state)
        case .keyedGlob:
            let end = text.end(of: Self.keySet, from: at)
            let mark = text.skippingBlanks(from: end, limit: end + 2)
            if text[mark] == 0x3D || text[mark] == 0x3A { takeKeyed(text, keyEnd: end, operatorAt: mark, view, &state) }
        case .element: takeElement(text, at, view, &state)
        case .flag: takeFlag(text, at + 1, view, &state)
        default: break
        }
    }

    mutating func takeKeyed(_ text: Text, keyEnd: Int, operatorAt: Int, _ view: View, _ state: inout ScanState) {
        let keyStart = keyStart(text, before: keyEnd)
        guard keyStart < keyEnd else { return }
        let verdict = verdict(text, keyStart..<keyEnd)
        guard verdict >= KeyVerdict.sensitive.rawValue, !isTagName(text, keyStart) else { return }
        var rule = Int(verdict - KeyVerdict.sensitive.rawValue)
        if tables.keyRules[rule].treatment == .pair {
            guard let named = ruleOfAttribute(text, before: keyStart) else { return }
            rule = named
        }
        var start = operatorAt + 1
        switch text[operatorAt] {
        case 0x3D:  // = => but not ==
            if text[start] == 0x3D { return }
            if tables.keyRules[rule].treatment == .whole, isNextKey(text, start) { return }
            if text[start] == 0x3E { start += 1 }
        case 0x3A:  // : := but not :: and not ://
            if text[start] == 0x3A || (text[start] == 0x2F && text[start + 1] == 0x2F) { return }
            if text[start] == 0x3D { start += 1 }
        default: return
        }
        // sudo's and every shell's working directory.
        if keyEnd - keyStart == 3, text.has("PWD", at: keyStart), isPath(text, start) { return }
        let isProse = text[operatorAt] == 0x3A
        if isProse, isInName(text, keyStart, start) { return }
        takeTextValue(text, from: start, rule, view, &state, isProse: isProse)
    }

    /// `/home/x`, `C:\Users`.
    private func isPath(_ text: Text, _ start: Int) -> Bool {
        text[start] == 0x2F || text[start].isLetter && text[start + 1] == 0x3A
    }

    /// Whether nothing stands behind `=` but blanks and the next key or flag: `password= user=bob`.
    private func isNextKey(_ text: Text, _ start: Int) -> Bool {
        let next = text.end(of: .gaps, from: start, limit: start + 4)
        guard next > start, !text[start - 2].isBlank else { return false }
        if text.has("--", at: next) { return true }
        guard text[next].isLetter else { return false }
        let end = text.end(of: .dotted, from: next, limit: next + 48)
        // Base64 ends in `=` too.
        return text[end] == 0x3D && text[end + 1] != 0x3D && !text[end + 1].isBlank && end + 1 < text.upper
    }

    /// Whether a colon joins the key to what is a name as a whole: `arn:aws:secretsmanager:…:secret:db`,
    /// `api_keys:write`, `base-passwd:amd64`, `%SYS-5-AUTH_PASS:`, `unexpected token:`.
    private func isInName(_ text: Text, _ keyStart: Int, _ start: Int) -> Bool {
        if text.has("xpected token", at: keyStart - 8, folding: true) { return true }
        let word = text.start(of: .resourceNames, before: keyStart, reach: 160)
        if (word..<keyStart).contains(where: { text.has("arn:", at: $0) && !text[$0 - 1].isAlphanumeric }) {
            return true
        }
        let isMnemonic = { text[$0] == 0x2D && text[$0 + 1].isDigit && text[$0 + 2] == 0x2D }
        if text[word - 1] == 0x25, (word..<start).contains(where: isMnemonic) { return true }
        return ValueGuard.isPartOfName(text, start..<text.end(of: .dotted, from: start, limit: start + 9))
    }

    /// `name="password" value="…"`, `<add key="Password" value="…"/>`: the rule of the attribute's value just before.
    private func ruleOfAttribute(_ text: Text, before start: Int) -> Int? {
        let close = text.start(of: .blanks, before: start, reach: 4) - 1
        guard close < start - 1, text[close] == 0x22 || text[close] == 0x27 else { return nil }
        let name = text.start(of: .dotted, before: close, reach: 64)..<close
        guard text[name.lowerBound - 1] == text[close], text[name.lowerBound - 2] == 0x3D,
            isName(text.start(of: .word, before: name.lowerBound - 2, reach: 8)..<name.lowerBound - 2, text)
        else { return nil }
        let verdict = verdict(text, name)
        guard verdict >= KeyVerdict.sensitive.rawValue else { return nil }
        let rule = Int(verdict - KeyVerdict.sensitive.rawValue)
        return tables.keyRules[rule].treatment == .pair ? nil : rule
    }

    /// Keys end where their letters do; UTF-8 and percent escapes belong to them.
    private func keyStart(_ text: Text, before end: Int) -> Int {
        var start = text.start(of: Self.keySet, before: end, reach: 64)
        while start > max(text.lower, end - 64), text[start - 1] >= 0x80 {
            start = text.start(of: Self.keySet, before: start - 1, reach: 64)
        }
        // The letter of `\n` before a key belongs to the escape.
        if text[start - 1] == 0x5C, start + 1 < end, text[start] == 0x6E || text[start] == 0x72 || text[start] == 0x74 {
            start += 1
        }
        // A colour before it (ESC [32m) is none of the key; nor are the -D and -P of properties.
        if text[start] == 0x5B, text[start - 1] == 0x1B {
            let colourEnd = text.end(of: .colourBytes, from: start + 1, limit: start + 12)
            if text[colourEnd] == 0x6D { start = min(colourEnd + 1, end) }
        }
        if text[start] == 0x2D, text[start + 1] == 0x44 || text[start + 1] == 0x50, start + 2 < end { start += 2 }
        return start
    }

    /// `[REDACTED:email]` and `[email:k1:…]` are no keys.
    private func isTagName(_ text: Text, _ start: Int) -> Bool {
        var open = start
        while open > text.lower, open > start - 48, text[open] != 0x5B { open -= 1 }
        guard text[open] == 0x5B else { return text.has("REDACTED", at: start) }
        return ValueGuard.isTag(text, open) && (text.first(0x5D, from: open) ?? text.upper) >= start
    }

    /// `<password>value</password>`, found at its closing tag: the value goes back to the `>` of the opening one.
    private mutating func takeElement(_ text: Text, _ close: Int, _ view: View, _ state: inout ScanState) {
        let nameStart = close + 2
        let nameSet = ByteSet.elementNames
        var nameEnd = text.end(of: nameSet, from: nameStart, limit: nameStart + 64)
        while text[nameEnd] >= 0x80, nameEnd < nameStart + 64 {
            nameEnd = text.end(of: nameSet, from: nameEnd + 1, limit: nameStart + 64)
        }
        guard text[nameEnd] == 0x3E else { return }
        let verdict = verdict(text, nameStart..<nameEnd)
        guard verdict >= KeyVerdict.sensitive.rawValue else { return }
        var start = close
        let stop = max(state.covered, text.lower, close - 8192)
        while start > stop, text[start - 1] != 0x3E { start -= 1 }
        takeAndCover(start..<close, Int(verdict - KeyVerdict.sensitive.rawValue), view, &state)
    }

    private mutating func takeTextValue(
        _ text: Text,
        from start: Int,
        _ rule: Int,
        _ view: View,
        _ state: inout ScanState,
        isProse: Bool
    ) {
        var start = start
        var first = text.end(of: .gaps, from: start, limit: start + 4)
        // The first of a list: map[Pin:[1234]].
        if text[first] == 0x5B, !ValueGuard.isTag(text, first) {
            start = first + 1
            first = start
        }
        let isQuoted = text[first] == 0x22 || text[first] == 0x27 || text[first] == 0x60 || text[first] == 0x5C
        let treatment = tables.keyRules[rule].treatment
        if !isQuoted, treatment == .authorization {
            return takeAndCover(first..<HeaderValue.authorizationEnd(text, from: first), rule, view, &state)
        }
        if !isQuoted, treatment == .cookie, !isParameter(text, before: start - 1), !isCount(text, first) {
            return takeAndCover(first..<cookieEnd(text, first), rule, view, &state)
        }
        guard var value = KeyedValue.read(text, from: start) else { return }
        if !value.isQuoted { value.range = value.range.lowerBound..<numberEnd(text, value.range, rule) }
        if text[first] == 0x7B, !value.isQuoted, text[first + 1] != 0x7B {
            state.deadValueEnd = first + 1  // an object: its own keys tell
            return
        }
        // `auth: ST1: no such user`: a label.
        if isProse, !value.isQuoted, text[value.range.upperBound] == 0x3A, tables.keyRules[rule].shape == .credential {
            return
        }
        takeAndCover(value.range, rule, view, &state, isProse: isProse && !value.isQuoted)
    }

    /// `cookie=0x0, duration=8.5s`: a number of a protocol, in a list.
    private func isCount(_ text: Text, _ start: Int) -> Bool {
        let end = text.end(of: .alphanumerics, from: start, limit: start + 19)
        return text[start].isDigit && text[end] == 0x2C
            && (ValueShape.isNumber(text, start..<end) || text.end(of: .digits, from: start) == end)
    }

    /// Whether `cookie=` is a parameter of a query, `&cookie=1`, and no header.
    private func isParameter(_ text: Text, before sign: Int) -> Bool {
        guard text[sign] == 0x3D else { return false }
        let start = text.start(of: Self.keySet, before: sign, reach: 64)
        return text[start - 1] == 0x26 || text[start - 1] == 0x3F
    }

    /// Numbers of telephones, cards and people may have blanks in them.
    private func numberEnd(_ text: Text, _ range: Range<Int>, _ rule: Int) -> Int {
        switch tables.keyRules[rule].shape {
        case .phone, .cardNumber, .idNumber: break
        default: return range.upperBound
        }
        var end = range.upperBound
        while end - range.lowerBound < 40, text[end] == 0x20 || text[end] == 0x29,
            text[end + 1].isDigit || text[end + 1] == 0x28
        {
            end = text.end(of: .numberGroups, from: end + 1)
        }
        return end
    }

    /// Cookies in text go to the line's end, a quote, or a word behind a blank that follows no semicolon.
    private func cookieEnd(_ text: Text, _ start: Int) -> Int {
        var at = start
        while at < text.upper {
            switch text[at] {
            case 0x0A, 0x0D, 0x22, 0x27, 0x60: return at
            case 0x5C: if text[at + 1] == 0x72 || text[at + 1] == 0x6E { return at }
            case 0x20: if text[at - 1] != 0x3B, text[at - 1] != 0x2C, !isInExpires(text, at) { return at }
            default: break
            }
            at += 1
        }
        return at
    }

    /// `Expires=Wed, 21 Oct 2026 07:28:00 GMT` has blanks.
    private func isInExpires(_ text: Text, _ at: Int) -> Bool {
        (max(text.lower, at - 36)..<at).contains { text.has("expires=", at: $0, folding: true) }
    }

    private mutating func takeAndCover(
        _ range: Range<Int>,
        _ rule: Int,
        _ view: View,
        _ state: inout ScanState,
        isProse: Bool = false
    ) {
        guard !range.isEmpty else { return }
        let before = findings.count
        // In a document this is a part of a string.
        let isNumber = !view.isDocument && isBareNumber(range, in: view.text)
        take(range, rule, in: view, isNumber: isNumber, isProse: isProse)
        // What is inside a value that goes as a whole need not be looked at; other detectors see the rest.
        let isWhole = findings.count == before + 1 && findings[before].count >= range.count - 1
        if isWhole {
            state.covered = max(state.covered, range.upperBound)
        } else {
            state.deadValueEnd = max(state.deadValueEnd, range.upperBound)
        }
    }

    /// `'password': 'x'`, and `\"password\": \"x\"` in text that was escaped and never unescaped.
    private mutating func takeQuotedKey(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        let isEscaped = text[at] == 0x5C
        let quote = isEscaped ? text[at + 1] : text[at]
        let keyStart = keyStart(text, before: at)
        guard keyStart < at, text[keyStart - 1] == quote, !isEscaped || text[keyStart - 2] == 0x5C else { return }
        let verdict = verdict(text, keyStart..<at)
        guard verdict >= KeyVerdict.sensitive.rawValue else { return }
        let mark = text.skippingBlanks(from: at + (isEscaped ? 2 : 1), limit: at + 6)
        guard text[mark] == 0x3A || text[mark] == 0x3D else { return }
        let start = text[mark + 1] == 0x3E ? mark + 2 : mark + 1
        takeTextValue(text, from: start, Int(verdict - KeyVerdict.sensitive.rawValue), view, &state, isProse: false)
    }

    /// `--password x`, and `"--password", "x"` in a list.
    private mutating func takeFlag(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        guard !text[at - 1].isAlphanumeric, text[at - 1] != 0x2D else { return }
        var end = text.end(of: .dotted, from: at + 2, limit: at + 64)
        while text[end] >= 0x80, end < at + 64 {
            end = text.end(of: .dotted, from: end + 1, limit: at + 64)
        }
        let verdict = verdict(text, at + 2..<end)
        guard verdict >= KeyVerdict.sensitive.rawValue else { return }
        var start = end
        if text[end] == 0x22 || text[end] == 0x27 {
            guard text[end + 1] == 0x2C else { return }
            start = text.skippingBlanks(from: end + 2, limit: end + 6)
            guard text[start] == text[end] else { return }
        } else {
            guard text[end] == 0x20, text[end + 1] != 0x20, text[end + 1] != 0x2D || isDashedValue(text, end + 1) else {
                return
            }
        }
        takeTextValue(text, from: start, Int(verdict - KeyVerdict.sensitive.rawValue), view, &state, isProse: true)
    }

    /// Whether what begins with a dash is a value: the next flag would be a letter, a word, or have two dashes.
    private func isDashedValue(_ text: Text, _ dash: Int) -> Bool {
        guard text[dash + 1] != 0x2D else { return false }
        let end = text.end(of: .urlSafe, from: dash + 1)
        guard end - dash > 10, text[end].isBlank || text[end] == 0x22 || text[end] == 0x27 || end == text.upper else {
            return false
        }
        let value = dash + 1..<end
        return value.contains { text[$0].isDigit } && value.contains { text[$0].isUpper }
            && value.contains { text[$0].isLower }
    }
}
