extension Redactor {
    /// Notes a finding unless its detector is off here, or the value is allowed or belongs to a protected key.
    mutating func add(_ detector: UInt16, _ range: Range<Int>, in view: View, isNumber: Bool = false) {
        let index = Int(detector)
        guard tables.actions[scope.index * tables.detectorCount + index] != 255, !range.isEmpty else { return }
        let text = view.text
        if !policy.allowList.isEmpty, policy.allowList.allows(text, range, detector: index) { return }
        // A digest in a tag of ours may look like a card.
        if text[range.upperBound] == 0x5D, text[range.lowerBound - 1] == 0x3A,
            ValueGuard.tag(around: range.lowerBound, in: text) != nil
        {
            return
        }
        let traits = tables.traits[index]
        if traits & 1 != 0, isProtected(range, in: view) { return }
        var start = range.lowerBound
        // The letter of `\n` before a finding belongs to the escape.
        if view.depth > 0 || !view.isDocument, text[start - 1] == 0x5C, isEscaped(text, start) { start += 1 }
        guard start < range.upperBound else { return }
        findings.append(
            Finding(
                start: start,
                end: range.upperBound,
                detector: detector,
                precedence: Finding.Precedence(rawValue: traits >> 1) ?? .specific,
                isPercentEncoded: view.isPercentDecoded,
                isNumber: isNumber
            )
        )
    }

    /// Whether the byte at an offset is the second of an escape such as `\n`.
    private func isEscaped(_ text: Text, _ at: Int) -> Bool {
        switch text[at] {
        case 0x22, 0x27, 0x2F, 0x5C, 0x75: break
        default: guard Unescaping.isLetterOfEscape(text[at]) else { return false }
        }
        var slashes = 0
        while text[at - 1 - slashes] == 0x5C { slashes += 1 }
        return slashes & 1 == 1
    }

    /// Whether a range lies in the value of a field that holds an id, a digest or a time.
    private func isProtected(_ range: Range<Int>, in view: View) -> Bool {
        if view.depth == 0, !fields.isEmpty {
            return field(at: range.lowerBound)?.verdict == KeyVerdict.protected.rawValue
        }
        return isBehindProtectedKey(range.lowerBound, in: view)
    }

    /// The innermost field whose value holds an offset.
    func field(at offset: Int) -> Field? {
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            if Int(fields[middle].start) <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, Int(fields[low - 1].end) > offset else { return nil }
        return fields[low - 1]
    }

    /// The same in text: `order_id=…`, `"trace_id": "…"`.
    private func isBehindProtectedKey(_ start: Int, in view: View) -> Bool {
        let text = view.text
        var at = text.start(of: .quotesAndBlank, before: start, reach: 3)
        guard text[at - 1] == 0x3D || text[at - 1] == 0x3A else { return false }
        at = text.start(of: .quotesAndBlank, before: at - 1, reach: 3)
        let keyStart = text.start(of: Self.keySet, before: at, reach: 48)
        return keyStart < at && verdict(text, keyStart..<at) == KeyVerdict.protected.rawValue
    }

    /// Bytes of keys in text.
    static var keySet: ByteSet { ByteSet.urlSafe.union(ByteSet(low: 0x0000_4000_0000_0000, high: 0x2800_0000)) }

    /// Whether a text is one JSON array, as far as its ends tell.
    private func isArray(_ text: Text) -> Bool {
        var end = text.upper
        while text[end - 1].isBlank { end -= 1 }
        return text[text.skippingBlanks(from: text.lower)] == 0x5B && text[end - 1] == 0x5D
    }

    /// Whether a bare number stands where JSON would have one: behind `":`, before what may follow a value.
    func isBareNumber(_ range: Range<Int>, in text: Text) -> Bool {
        let after = text[text.skippingBlanks(from: range.upperBound, limit: range.upperBound + 4)]
        guard after == 0x2C || after == 0x7D || after == 0x5D || after == 0 else { return false }
        var before = range.lowerBound
        while text[before - 1].isBlank { before -= 1 }
        if text[before - 1] == 0x5B || text[before - 1] == 0x2C { return isArray(text) }
        guard text[before - 1] == 0x3A else { return false }
        before -= 1
        while text[before - 1].isBlank { before -= 1 }
        return text[before - 1] == 0x22
    }
}
