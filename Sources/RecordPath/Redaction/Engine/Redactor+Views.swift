extension Redactor {
    /// Strings of a document that hold escapes are scanned unescaped.
    mutating func scanEscapedStrings(_ view: View) {
        guard view.hasBackslash else { return }
        let text = view.text
        var at = 0
        while let slash = text.first(0x5C, from: at) {
            let quote = view.quotes(before: slash)
            let lower = quote > 0 ? Int(view.line.quotes[quote - 1]) + 1 : 0
            let upper = quote < view.line.quoteCount ? Int(view.line.quotes[quote]) : view.count
            if quote & 1 == 1 {
                scanUnescaped(Text(text.base, lower, upper), parent: view, isJSON: true)
                if upper < view.count, view.isKey(closingQuote: upper) { takeValueOfEscapedKey(lower..<upper, view) }
            }
            at = upper + 1
        }
    }

    /// `{"pass\u0077ord": …}`: the tape knows keys as they are written, not what they say.
    private mutating func takeValueOfEscapedKey(_ key: Range<Int>, _ view: View) {
        guard key.count <= 384, spend(key.count, at: key.lowerBound, view) else { return }
        let level = views + view.depth
        Unescaping.backslashes(
            Text(view.text.base, key.lowerBound, key.upperBound),
            isJSON: true,
            into: &level.pointee.bytes,
            map: &level.pointee.map
        )
        let verdict = level.pointee.bytes.withBytes { keys.verdict(forKey: $0, policy.classifier) }
        guard verdict >= KeyVerdict.sensitive.rawValue else { return }
        let number = Int(verdict - KeyVerdict.sensitive.rawValue)
        guard tables.keyRules[number].treatment != .pair else { return }
        let colon = view.text.skippingBlanks(from: key.upperBound + 1)
        _ = takeValue(from: colon + 1, number, in: view)
    }

    /// Scans what a part of a view says once its backslash escapes are taken away.
    ///
    /// What is found counts for the part's own bytes, escapes and all.
    mutating func scanUnescaped(_ part: Text, parent: View, isJSON: Bool) {
        guard parent.depth < Self.maxDepth, spend(part.upper - part.lower, at: part.lower, parent) else { return }
        let level = views + parent.depth
        Unescaping.backslashes(part, isJSON: isJSON, into: &level.pointee.bytes, map: &level.pointee.map)
        let first = findings.count
        let view = View(
            level.pointee.scan(tables.kernel),
            depth: parent.depth + 1,
            isPercentDecoded: parent.isPercentDecoded
        )
        scanDecoded(view)
        for i in first..<findings.count {
            findings[i].start = level.pointee.map.source(of: findings[i].start)
            findings[i].end = level.pointee.map.source(of: findings[i].end)
            findings[i].depth += 1
        }
    }

    private mutating func scanDecoded(_ view: View) {
        scanQuotedKeys(view, from: 0, to: view.line.quoteCount)
        scanCandidates(view)
        if view.hasBackslash { scanUnescaped(view.text, parent: view, isJSON: true) }
    }

    /// Scans the percent-encoded word around an offset decoded.
    mutating func scanPercentEncoded(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        guard at >= state.decodedEnd else { return }
        // Printable, less blanks, quotes, brackets of tags, backslash, comma, semicolon.
        let set = ByteSet(low: 0xA7FF_EFFA_0000_0000, high: 0x7FFF_FFFE_EFFF_FFFF)
        let start = text.start(of: set, before: at, reach: 2048)
        let end = text.end(of: set, from: at, limit: at + (64 << 10))
        state.decodedEnd = end
        guard view.depth < Self.maxDepth, spend(end - start, at: start, view) else { return }
        let level = views + view.depth
        Unescaping.percents(Text(text.base, start, end), into: &level.pointee.bytes, map: &level.pointee.map)
        let first = findings.count
        scanDecoded(View(level.pointee.scan(tables.kernel), depth: view.depth + 1, isPercentDecoded: true))
        for i in first..<findings.count {
            findings[i].start = level.pointee.map.source(of: findings[i].start)
            findings[i].end = level.pointee.map.source(of: findings[i].end)
            findings[i].isPercentEncoded = true
            findings[i].isNumber = false
        }
    }

    /// Decodes a run of base64 that begins like JSON; when anything in it must go, all of it goes.
    mutating func scanBase64(_ detector: UInt16, _ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        guard at >= state.covered, at >= state.decodedEnd else { return }
        let end = text.end(of: .base64Any, from: at, limit: at + 8193)
        guard end - at >= 24 else { return }
        state.decodedEnd = max(state.decodedEnd, end)
        guard end - at <= 8192, text[end] != 0x2E, view.depth < Self.maxDepth, spend(end - at, at: at, view) else {
            return
        }
        let level = views + view.depth
        guard Unescaping.base64(Text(text.base, at, end), into: &level.pointee.bytes) else { return }
        let first = findings.count
        scanDecoded(View(level.pointee.scan(tables.kernel), depth: view.depth + 1))
        let found = findings.count > first
        findings.truncate(to: first)
        if found { note(detector, at..<end, view, &state) }
    }

    /// Takes from the budget; when it is used up, the line is masked from here on.
    mutating func spend(_ bytes: Int, at offset: Int, _ view: View) -> Bool {
        budget -= bytes
        guard budget < 0 else { return true }
        // Offsets of nested views say nothing about the line: all of it is masked then.
        let start = view.depth == 0 ? offset : 0
        unscannedFrom = min(unscannedFrom ?? start, start)
        return false
    }
}
