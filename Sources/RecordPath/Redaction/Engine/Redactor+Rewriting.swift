extension Redactor {
    /// Copies the line around what was found and writes the replacements.
    mutating func rewrite(_ line: LineView, _ format: LineFormat, output: inout Arena) -> Redaction {
        findings.resolve()
        if dropsRecord() { return .dropRecord }
        let dropped = widenDroppedFields(View(line, isDocument: format == .json), format)
        if dropped { findings.resolve() }
        output.removeAll()
        output.reserve(line.count + findings.count * 40)
        var at = 0
        for i in 0..<findings.count {
            let finding = findings[i]
            guard finding.start >= at, finding.end <= line.count else { return .withheld }
            output.append(UnsafeBufferPointer(start: line.base + at, count: finding.start - at))
            replace(finding, in: line, output: &output)
            at = finding.end
            findings[i].shift = output.count - at
        }
        output.append(UnsafeBufferPointer(start: line.base + at, count: line.count - at))
        return .edited
    }

    func action(_ finding: Finding) -> RedactionAction {
        let index = tables.actions[scope.index * tables.detectorCount + Int(finding.detector)]
        return index < RedactionAction.allCases.count ? RedactionAction.allCases[Int(index)] : .tag
    }

    private mutating func dropsRecord() -> Bool {
        var drops = false
        for i in 0..<findings.count where action(findings[i]) == .dropRecord {
            count(findings[i].detector, .dropRecord)
            drops = true
        }
        return drops
    }

    private mutating func replace(_ finding: Finding, in line: LineView, output: inout Arena) {
        let action = action(finding)
        count(finding.detector, action)
        if finding.removesField { return }
        if finding.isNumber, policy.numbers == .zero { return output.put(0x30) }
        if finding.isNumber { putQuote(finding.depth, &output) }
        switch action {
        case .tag, .dropField, .dropRecord: putTag(finding, &output)
        case .mask: output.append(Self.mask)
        case .last4: putLast4(finding, line, &output)
        case .hash: putHash(finding, line, &output)
        }
        if finding.isNumber { putQuote(finding.depth, &output) }
    }

    private static let mask = Array("********".utf8)

    /// A quote as it must be written at a depth: `"`, `\"`, `\\\"`.
    private func putQuote(_ depth: UInt8, _ output: inout Arena) {
        for _ in 0..<(1 << Int(min(depth, 6))) - 1 { output.put(0x5C) }
        output.put(0x22)
    }

    private func putTag(_ finding: Finding, _ output: inout Arena) {
        output.append("[REDACTED:")
        output.append(policy.types[Int(finding.detector)])
        output.put(0x5D)
    }

    /// `****1111`: only letters and digits, at most half of the value, nothing of one under 12 bytes.
    private mutating func putLast4(_ finding: Finding, _ line: LineView, _ output: inout Arena) {
        collectValue(finding, line)
        pieces.withBytes { value in
            let tail = value.suffix(4)
            guard value.count >= 12, tail.allSatisfy({ $0.isAlphanumeric }) else { return output.append(Self.mask) }
            output.append("****")
            output.append(UnsafeBufferPointer(rebasing: tail))
        }
    }

    private mutating func putHash(_ finding: Finding, _ line: LineView, _ output: inout Arena) {
        guard let hasher = policy.hasher else { return putTag(finding, &output) }
        collectValue(finding, line)
        let type = policy.types[Int(finding.detector)]
        normalise(type)
        let digest = pieces.withBytes { hasher.digest(type: type, value: UnsafeRawBufferPointer($0)) }
        output.put(0x5B)
        output.append(type)
        output.put(0x3A)
        output.append(hasher.keyID)
        output.put(0x3A)
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: digest >> UInt64(shift)) & 15
            output.put(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
        output.put(0x5D)
    }

    /// One value has one digest, however it was written: e-mail addresses in small letters, numbers without gaps.
    private mutating func normalise(_ type: String) {
        let isAddress = type == "email"
        let isNumber =
            type == "card" || type == "phone" || type == "iban" || type == "us-ssn" || type == "phone-us"
            || type == "ssn"
        guard isAddress || isNumber else { return }
        var kept = 0
        for i in 0..<pieces.count {
            let byte = pieces.base[i]
            if isNumber, !byte.isAlphanumeric { continue }
            pieces.base[kept] = isAddress ? byte.lowercased : byte
            kept += 1
        }
        pieces.truncate(to: kept)
    }

    /// The value as it was before it was escaped, in `pieces`.
    private mutating func collectValue(_ finding: Finding, _ line: LineView) {
        pieces.removeAll()
        pieces.append(UnsafeBufferPointer(start: line.base + finding.start, count: finding.count))
        let level = views
        for _ in 0..<finding.depth {
            Unescaping.backslashes(
                Text(pieces.base, 0, pieces.count),
                isJSON: true,
                into: &level.pointee.bytes,
                map: &level.pointee.map
            )
            pieces.removeAll()
            level.pointee.bytes.withBytes { pieces.append($0) }
        }
        guard finding.isPercentEncoded else { return }
        Unescaping.percents(Text(pieces.base, 0, pieces.count), into: &level.pointee.bytes, map: &level.pointee.map)
        pieces.removeAll()
        level.pointee.bytes.withBytes { pieces.append($0) }
    }

    // MARK: drop_field

    /// Lets findings with `drop_field` reach over their whole member, with its key and one comma.
    private mutating func widenDroppedFields(_ view: View, _ format: LineFormat) -> Bool {
        var widened = false
        for i in 0..<findings.count where action(findings[i]) == .dropField {
            let range = findings[i].start..<findings[i].end
            let member =
                format == .json
                ? jsonMember(around: range, view) : format == .logfmt ? logfmtPair(around: range, view) : nil
            guard let member else { continue }
            findings[i].start = member.lowerBound
            findings[i].end = member.upperBound
            findings[i].removesField = true
            widened = true
        }
        return widened
    }

    private func jsonMember(around range: Range<Int>, _ view: View) -> Range<Int>? {
        let text = view.text
        let quotes = view.line.quotes
        let quote = view.quotes(before: range.lowerBound)
        var start = range.lowerBound
        var end = range.upperBound
        var keyClose = quote - 1
        if quote & 1 == 1 {
            guard quote < view.line.quoteCount else { return nil }
            start = Int(quotes[quote - 1])
            end = Int(quotes[quote]) + 1
            keyClose = quote - 2
        }
        guard keyClose >= 1 else { return nil }
        let colon = text.skippingBlanks(from: Int(quotes[keyClose]) + 1)
        guard text[colon] == 0x3A, text.skippingBlanks(from: colon + 1) == start else { return nil }
        return withComma(Int(quotes[keyClose - 1])..<end, text)
    }

    private func withComma(_ member: Range<Int>, _ text: Text) -> Range<Int> {
        let after = text.skippingBlanks(from: member.upperBound)
        if text[after] == 0x2C { return member.lowerBound..<text.skippingBlanks(from: after + 1) }
        var before = member.lowerBound
        while text[before - 1].isBlank { before -= 1 }
        return text[before - 1] == 0x2C ? before - 1..<member.upperBound : member
    }

    private func logfmtPair(around range: Range<Int>, _ view: View) -> Range<Int>? {
        let text = view.text
        let before = text[range.lowerBound - 1]
        let isQuoted = before == 0x22 || before == 0x27
        let mark = range.lowerBound - (isQuoted ? 2 : 1)
        guard text[mark] == 0x3D else { return nil }
        var start = mark
        while start > 0, !text[start - 1].isBlank { start -= 1 }
        var end = range.upperBound + (isQuoted && text[range.upperBound] == before ? 1 : 0)
        if text[end] == 0x20 { end += 1 } else if start > 0 { start -= 1 }
        return start..<end
    }
}
