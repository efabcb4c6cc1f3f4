internal import CScan

/// How far a view's candidates have been dealt with.
struct ScanState {
    /// Candidates before this offset lie inside what was found.
    var covered = 0
    /// The end of the last run of base64url that began like a token and was none.
    var deadTokenEnd = 0
    /// The end of the last value that was looked at and left alone.
    var deadValueEnd = 0
    /// The end of the last percent-encoded word that was decoded.
    var decodedEnd = 0
    /// Where each of the user's patterns has been searched to, by number of the pattern; nil until one is met.
    ///
    /// Who made the state gives the memory back.
    var searchedEnds: UnsafeMutablePointer<Int>?
    /// Behind the last `://`, and how far it has been searched for.
    var authority = -1
    var authoritySearched = 0
    /// The end of the last run of hexadecimal digits and colons that was no address.
    var deadAddressEnd = 0
}

extension Redactor {
    /// Looks at every candidate of a view, in ascending order.
    mutating func scanCandidates(_ view: View) {
        var state = ScanState()
        defer { state.searchedEnds?.deallocate() }
        var quote = 0
        var escapedEnd = 0
        let line = view.line
        for i in 0..<line.candidateCount {
            let at = Int(line.candidates[i])
            if at < state.covered || at < escapedEnd { continue }
            guard view.isDocument else {
                examine(view.text, at, view, &state)
                continue
            }
            while quote < line.quoteCount, Int(line.quotes[quote]) < at { quote += 1 }
            let lower = quote > 0 ? Int(line.quotes[quote - 1]) + 1 : 0
            let upper = quote < line.quoteCount ? Int(line.quotes[quote]) : line.count
            let string = Text(line.base, lower, upper)
            if quote & 1 == 0 {
                examineNumber(Text(line.base, 0, line.count), at, view)
            } else if view.hasBackslash, string.first(0x5C, from: lower) != nil {
                escapedEnd = upper  // is scanned decoded
            } else {
                examine(string, at, view, &state)
            }
        }
    }

    /// A candidate outside the strings of a document: a number that is one of the digit shapes.
    private mutating func examineNumber(_ text: Text, _ at: Int, _ view: View) {
        let shapes = tables.shapes
        guard text[at].isDigit else { return }
        let end = text.end(of: .numberBytes, from: at)
        func isWhole(_ range: Range<Int>) -> Bool { range == at..<end && isBareElement(range, in: text) }
        if shapes.card != ShapeProbes.off, let range = CardVerifier.match(text, at: at), isWhole(range) {
            add(shapes.card, range, in: view, isNumber: true)
        } else if shapes.nationalID != ShapeProbes.off, let (range, _) = NationalIdVerifier.match(text, at: at),
            isWhole(range)
        {
            add(shapes.nationalID, range, in: view, isNumber: true)
        }
    }

    /// Whether a number stands alone between what separates values in JSON.
    private func isBareElement(_ range: Range<Int>, in text: Text) -> Bool {
        var before = range.lowerBound
        while text[before - 1].isBlank { before -= 1 }
        let after = text[text.skippingBlanks(from: range.upperBound)]
        let opens = text[before - 1] == 0x3A || text[before - 1] == 0x5B || text[before - 1] == 0x2C
        return opens && (after == 0x2C || after == 0x5D || after == 0x7D)
    }

    /// Asks every detector that wants this candidate.
    private mutating func examine(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        if tables.beginsLiteral[Int(text[at])] {
            let base = view.line.base
            let found = martlet_scan_literals_at(tables.kernel, base, view.count, at, literals, Self.literalLimit)
            for i in 0..<found { run(tables.probes[Int(literals[i])], text, at, view, &state) }
        }
        examineShape(text, at, view, &state)
    }

    private mutating func examineShape(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        let byte = text[at]
        switch byte {
        case 0x40: examineAt(text, at, view, &state)
        case 0x30...0x39: examineDigits(text, at, view, &state)
        case 0x41...0x5A:
            if let range = wanted(tables.shapes.iban, { AccountVerifier.iban(text, at: at) }) {
                note(tables.shapes.iban, range, view, &state)
            } else if tables.shapes.nationalID != ShapeProbes.off,
                let (range, _) = NationalIdVerifier.match(text, at: at)
            {
                note(tables.shapes.nationalID, range, view, &state)
            }
        case 0x3A, 0x3D:
            if martlet_scan_key_ends_at(tables.kernel, view.line.base, view.count, at), at >= state.deadValueEnd {
                takeKeyed(text, keyEnd: at, operatorAt: at, view, &state)
            }
            if byte == 0x3A, NetworkVerifier.addressSet.contains(text[at + 1]) {
                examineNetwork(text, at, view, &state)
            }
        case 0x2E, 0x2D: examineNetwork(text, at, view, &state)
        default: break
        }
    }

    private mutating func examineAt(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        let shapes = tables.shapes
        guard text[at + 1].isAlphanumeric else { return }
        if shapes.urlPassword != ShapeProbes.off, let authority = authority(text, before: at, &state),
            let range = UrlPasswordVerifier.match(text, at: at, authority: authority)
        {
            return note(shapes.urlPassword, range, view, &state, coveredTo: at + 1)
        }
        if shapes.email != ShapeProbes.off, let range = EmailVerifier.match(text, at: at) {
            note(shapes.email, range, view, &state)
        }
    }

    /// Behind the last `://` before an offset.
    ///
    /// Every byte is searched once per view.
    private func authority(_ text: Text, before at: Int, _ state: inout ScanState) -> Int? {
        var i = max(state.authoritySearched, text.lower)
        while let colon = text.first(0x3A, from: i, limit: at - 2) {
            if text[colon + 1] == 0x2F, text[colon + 2] == 0x2F { state.authority = colon + 3 }
            i = colon + 1
        }
        state.authoritySearched = max(i, at - 2)
        return state.authority > text.lower ? state.authority : nil
    }

    private mutating func examineDigits(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        let shapes = tables.shapes
        if let range = wanted(shapes.card, { CardVerifier.match(text, at: at) }) {
            return note(shapes.card, range, view, &state, isNumber: !view.isDocument && isBareNumber(range, in: text))
        }
        if text[at + 3] == 0x2D || text[at + 3] == 0x20,
            let range = wanted(shapes.ssn, { AccountVerifier.ssn(text, at: at) })
        {
            return note(shapes.ssn, range, view, &state)
        }
        if shapes.nationalID != ShapeProbes.off, let (range, _) = NationalIdVerifier.match(text, at: at) {
            return note(
                shapes.nationalID,
                range,
                view,
                &state,
                isNumber: !view.isDocument && isBareNumber(range, in: text)
            )
        }
        if let range = wanted(shapes.phoneGroups, { PhoneVerifier.northAmerican(text, at: at) }) {
            return note(shapes.phoneGroups, range, view, &state)
        }
        if let range = wanted(shapes.appAccessToken, { ContextVerifier.appAccessToken(text, at: at) }) {
            note(shapes.appAccessToken, range, view, &state)
        }
    }

    private mutating func examineNetwork(_ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        let shapes = tables.shapes
        if text[at] == 0x2E, let range = wanted(shapes.ipv4, { NetworkVerifier.ipv4(text, firstDot: at) }) {
            return note(shapes.ipv4, range, view, &state)
        }
        if let range = wanted(shapes.mac, { NetworkVerifier.mac(text, firstSeparator: at) }) {
            return note(shapes.mac, range, view, &state)
        }
        guard text[at] == 0x3A, shapes.ipv6 != ShapeProbes.off, at >= state.deadAddressEnd else { return }
        if let range = NetworkVerifier.ipv6(text, firstColon: at) {
            note(shapes.ipv6, range, view, &state)
        } else {
            state.deadAddressEnd = text.end(of: NetworkVerifier.addressSet, from: at)
        }
    }

    @inline(__always) private func wanted(_ detector: UInt16, _ match: () -> Range<Int>?) -> Range<Int>? {
        detector == ShapeProbes.off ? nil : match()
    }

    /// Adds a finding; what it covers is not looked at again.
    mutating func note(
        _ detector: UInt16,
        _ range: Range<Int>,
        _ view: View,
        _ state: inout ScanState,
        isNumber: Bool = false,
        coveredTo: Int = 0
    ) {
        add(detector, range, in: view, isNumber: isNumber)
        state.covered = max(state.covered, range.upperBound, coveredTo)
    }

    /// Runs the probe of a literal that stands at an offset.
    private mutating func run(_ probe: Probe, _ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        switch probe.form {
        case .token:
            let first = Int(probe.firstElement)
            let elements = UnsafeMutableBufferPointer(
                rebasing: tables.elements[first..<first + Int(probe.elementCount)]
            )
            let count = Int(probe.literalCount)
            let range = TokenVerifier.match(
                text,
                at: at,
                literalCount: count,
                elements: UnsafeBufferPointer(elements),
                rules: probe.rules
            )
            if let range { note(probe.detector, range, view, &state) }
        case .jwt: runJwt(probe, text, at, view, &state)
        case .base64JSON: scanBase64(probe.detector, text, at, view, &state)
        case .keyOperator, .spacedOperator, .quotedKey, .element, .keyedGlob, .flag:
            runKey(probe, text, at, view, &state)
        case .percentEscape: scanPercentEncoded(text, at, view, &state)
        case .userPattern: runUserRule(probe, text, view, &state)
        default:
            if let range = ContextVerifier.match(probe.form, text, at: at, literalCount: Int(probe.literalCount)) {
                note(probe.detector, range, view, &state)
            }
        }
    }

    private mutating func runJwt(_ probe: Probe, _ text: Text, _ at: Int, _ view: View, _ state: inout ScanState) {
        guard at >= state.deadTokenEnd else { return }
        if let range = JwtVerifier.match(text, at: at) {
            note(probe.detector, range, view, &state)
        } else {
            state.deadTokenEnd = text.end(of: .urlSafe, from: at, limit: at + JwtVerifier.headerLimit)
        }
    }

    /// All matches of a user's pattern in the text around one of its literals, but none in what was redacted: patterns
    /// may match a tag's name or its digits.
    private mutating func runUserRule(_ probe: Probe, _ text: Text, _ view: View, _ state: inout ScanState) {
        let number = Int(probe.firstElement)
        let detector = Int(probe.detector)
        guard tables.actions[scope.index * tables.detectorCount + detector] != 255 else { return }
        let ends = state.searchedEnds ?? .allocate(capacity: policy.userRules.count)
        if state.searchedEnds == nil { ends.initialize(repeating: 0, count: policy.userRules.count) }
        state.searchedEnds = ends
        guard text.upper > ends[number] else { return }
        ends[number] = text.upper
        let pattern = policy.userRules[number].pattern
        var at = text.lower
        // Each search may look at all that is left of the text, so each is paid for.
        while spend(text.upper - at, at: at, view), let range = pattern.find(text, from: at) {
            at = max(range.upperBound, at + 1)
            if let tag = ValueGuard.tag(around: range.lowerBound, in: text),
                range.lowerBound > tag.lowerBound || range.upperBound <= tag.upperBound
            {
                at = max(tag.upperBound, range.lowerBound + 1)
            } else {
                add(probe.detector, range, in: view)
            }
        }
    }
}
