extension Redactor {
    /// Fields of the tape whose keys are sensitive, and arrays, whose members the tape does not know.
    mutating func scanFields(_ view: View) {
        var i = 0
        while i < fields.count {
            let field = fields[i]
            let range = Int(field.start)..<Int(field.end)
            i += 1
            guard range.upperBound <= view.count else { continue }
            if field.verdict >= KeyVerdict.sensitive.rawValue {
                i += scanSensitive(field, range, at: i, view)
            } else if field.kind == .array {
                scanArray(range, view)
            }
        }
    }

    /// Returns how many fields behind this one are done with it.
    private mutating func scanSensitive(_ field: Field, _ range: Range<Int>, at next: Int, _ view: View) -> Int {
        let number = Int(field.verdict - KeyVerdict.sensitive.rawValue)
        guard number < tables.keyRules.count else { return 0 }
        if tables.keyRules[number].treatment == .pair {
            scanPair(
                closingQuote: view.quotes(before: range.lowerBound - (view.text[range.lowerBound - 1] == 0x22 ? 1 : 0))
                    - 1,
                view
            )
            // Members of an object follow on the tape; those of an array do not.
            if field.kind == .array { scanArray(range, view) }
            return 0
        }
        switch field.kind {
        case .string, .escapedString: take(range, number, in: view)
        case .number: take(range, number, in: view, isNumber: true)
        case .bool, .null: break
        case .object, .array:
            takeLeaves(range, number, in: view)
            return Int(field.descendants)
        }
        return 0
    }

    private mutating func scanArray(_ range: Range<Int>, _ view: View) {
        let first = view.quotes(before: range.lowerBound)
        let last = view.quotes(before: range.upperBound)
        if last - first >= 2 { scanQuotedKeys(view, from: first, to: last) }
    }

    /// What may stand behind the closing quote of a key or of an element: a bit each for `:`, `=`, `,` and blanks.
    private static let behindQuotes: UInt64 =
        1 << 0x3A | 1 << 0x3D | 1 << 0x2C | 1 << 0x20 | 1 << 0x09 | 1 << 0x0A | 1 << 0x0D

    /// Keys in quotes before a colon or `=`, among the quotes `first..<last` of a view.
    mutating func scanQuotedKeys(_ view: View, from first: Int, to last: Int) {
        let text = view.text
        let quotes = view.line.quotes
        var i = first + 1
        while i < last {
            let quote = Int(quotes[i])
            i += 1
            // Most quotes are followed by none of these. Behind the line's end stands slack, which may be read.
            let next = text.base[quote + 1]
            guard next < 64, Self.behindQuotes &>> UInt64(next) & 1 == 1 else {
                // Sixteen quotes in a row: all but the last are followed by one.
                if next == 0x22, i + 15 < last, Int(quotes[i + 15]) == quote + 16 { i += 15 }
                continue
            }
            let keyStart = Int(quotes[i - 2]) + 1
            var at = quote + 1
            if text[at].isBlank { at = text.skippingBlanks(from: at, limit: at + 3) }
            guard text[at] == 0x3A || text[at] == 0x3D else {
                if text[at] == 0x2C { scanListPair(view, i - 2, last) }
                continue
            }
            guard quote > keyStart, quote - keyStart <= 128 else { continue }
            let verdict = verdict(text, keyStart..<quote)
            guard verdict >= KeyVerdict.sensitive.rawValue else { continue }
            let number = Int(verdict - KeyVerdict.sensitive.rawValue)
            if tables.keyRules[number].treatment == .pair {
                scanPair(closingQuote: i - 1, view)
                continue
            }
            let end = takeValue(from: text[at + 1] == 0x3E ? at + 2 : at + 1, number, in: view)
            while i < last, Int(quotes[i - 1]) < end { i += 1 }
        }
    }

    /// `["Authorization", "Bearer x"]`, `["--password", "x"]`: names and values take turns; `("password", "x")`.
    ///
    /// `open` is the number of the quote that opens the name.
    private mutating func scanListPair(_ view: View, _ open: Int, _ last: Int) {
        let quotes = view.line.quotes
        guard open >= 0, open + 3 < last else { return }
        let text = view.text
        let name = Int(quotes[open]) + 1..<Int(quotes[open + 1])
        let gap = Int(quotes[open + 1]) + 1..<Int(quotes[open + 2])
        guard (3...40).contains(name.count), gap.count <= 3, gap.allSatisfy({ text[$0] == 0x2C || text[$0].isBlank })
        else { return }
        let before = text[text.start(of: .blanks, before: name.lowerBound - 1, reach: 4) - 1]
        let isFlag = text.has("--", at: name.lowerBound)
        let value = Int(quotes[open + 2]) + 1..<Int(quotes[open + 3])
        let isTuple =
            before == 0x28 && text[value.upperBound + 1] == 0x29 && !value.contains { text[$0].isBlank }
        guard before == 0x5B || before == 0x2C || before == 0x28,
            isFlag || text.end(of: Self.keySet, from: name.lowerBound) == name.upperBound
        else { return }
        let verdict = verdict(text, name)
        guard verdict >= KeyVerdict.sensitive.rawValue else { return }
        let number = Int(verdict - KeyVerdict.sensitive.rawValue)
        let treatment = tables.keyRules[number].treatment
        // A list of words may hold the word "password": only headers and flags are followed by their value.
        guard isFlag || isTuple || treatment == .authorization || treatment == .cookie else { return }
        take(value, number, in: view)
    }

    /// `{"name": "authorization", "value": "…"}`, in either order: the value goes if its name is a sensitive key.
    ///
    /// `closingQuote` is the number of the quote that ends the key `value`.
    private mutating func scanPair(closingQuote: Int, _ view: View) {
        guard let name = pairName(closingQuote, view), name.count <= 64 else { return }
        // A sentence that ends in "token" names nothing.
        let set = ByteSet.dotted
        guard name.allSatisfy({ set.contains(view.text[$0]) || view.text[$0] >= 0x80 }) else { return }
        let verdict = verdict(view.text, name)
        guard verdict >= KeyVerdict.sensitive.rawValue else { return }
        let number = Int(verdict - KeyVerdict.sensitive.rawValue)
        guard tables.keyRules[number].treatment != .pair, closingQuote < view.line.quoteCount else { return }
        let colon = view.text.skippingBlanks(from: Int(view.line.quotes[closingQuote]) + 1)
        _ = takeValue(from: colon + 1, number, in: view)
    }

    /// What the neighbour of a `value` says: the string behind `"name":` just before it or just after it.
    private func pairName(_ key: Int, _ view: View) -> Range<Int>? {
        let quotes = view.line.quotes
        if key >= 5, isName(key - 5, view), isJoined(key - 2, view) {
            return Int(quotes[key - 3]) + 1..<Int(quotes[key - 2])
        }
        let after = key + 3
        if after + 3 < view.line.quoteCount, isName(after, view), isJoined(after - 1, view) {
            return Int(quotes[after + 2]) + 1..<Int(quotes[after + 3])
        }
        return nil
    }

    /// Whether the string whose opening quote has this number is one of the keys that name a thing.
    private func isName(_ open: Int, _ view: View) -> Bool {
        let quotes = view.line.quotes
        let name = Int(quotes[open]) + 1..<Int(quotes[open + 1])
        return view.isKey(closingQuote: name.upperBound) && isName(name, view.text)
    }

    /// Whether a word is one of the keys that name a thing.
    func isName(_ range: Range<Int>, _ text: Text) -> Bool {
        let start = range.lowerBound
        switch range.count {
        case 1: return text[start] | 0x20 == 0x6B  // k
        case 3: return text.has("key", at: start, folding: true)
        case 4: return text.has("name", at: start, folding: true)
        case 5:
            return text.has("field", at: start, folding: true) || text.has("label", at: start, folding: true)
                || text.has("param", at: start, folding: true)
        case 6: return text.has("header", at: start, folding: true)
        default: return false
        }
    }

    /// Whether only a comma and blanks stand behind the quote of this number, before the next one.
    private func isJoined(_ quote: Int, _ view: View) -> Bool {
        let gap = Int(view.line.quotes[quote]) + 1..<Int(view.line.quotes[quote + 1])
        return gap.count <= 8 && gap.allSatisfy { view.text[$0] == 0x2C || view.text[$0].isBlank }
    }

    // MARK: Values

    /// Takes the value that begins at or behind an offset; returns where it ends.
    mutating func takeValue(from start: Int, _ rule: Int, in view: View) -> Int {
        let text = view.text
        let at = text.skippingBlanks(from: start, limit: start + 8)
        switch text[at] {
        case 0x7B: return takeLeaves(at..<text.upper, rule, in: view)
        case 0x5B where !ValueGuard.isTag(text, at): return takeLeaves(at..<text.upper, rule, in: view)
        case 0x2D where text[at + 1].isDigit, 0x30...0x39:
            let end = text.end(of: .numberBytes, from: at)
            if isBareNumber(at..<end, in: text) {
                take(at..<end, rule, in: view, isNumber: true)
                return end
            }
        default: break
        }
        guard let value = KeyedValue.read(text, from: at) else { return at }
        take(value.range, rule, in: view, isProse: false)
        return value.next
    }

    private func isHarmlessProperty(_ key: Range<Int>, _ text: Text, of rule: Int) -> Bool {
        let bytes = UnsafeBufferPointer(start: text.base + key.lowerBound, count: key.count)
        return policy.classifier.isHarmlessProperty(bytes, of: tables.keyRules[rule].contents)
    }

    /// Takes every string and number of an object or array that begins at the range's start, but not what harmless
    /// properties hold; returns where it ends.
    @discardableResult
    mutating func takeLeaves(_ range: Range<Int>, _ rule: Int, in view: View) -> Int {
        let text = view.text
        let quotes = view.line.quotes
        var quote = view.quotes(before: range.lowerBound)
        var at = range.lowerBound
        var place = LeafPlace()
        while at < range.upperBound {
            switch text[at] {
            case 0x7B, 0x5B: place.open()
            case 0x7D, 0x5D: if place.close() { return at + 1 }
            case 0x22:
                while quote < view.line.quoteCount, Int(quotes[quote]) < at { quote += 1 }
                guard quote + 1 < view.line.quoteCount else { return range.upperBound }
                let close = Int(quotes[quote + 1])
                if view.isKey(closingQuote: close) {
                    pass(at + 1..<close, text, of: rule, &place)
                } else if !place.isKept, !place.needsOpaque || ValueShape.isOpaque(text, at + 1..<close) {
                    takeLeaf(at + 1..<close, rule, place.own, in: view)
                }
                at = close
            case 0x30...0x39:
                let end = text.end(of: .numberBytes, from: at)
                let start = text[at - 1] == 0x2D ? at - 1 : at
                if !place.isKept, !place.needsOpaque {
                    takeLeaf(start..<end, rule, place.own, in: view, isNumber: true)
                }
                at = end - 1
            default: break
            }
            at += 1
        }
        return range.upperBound
    }

    /// Notes what a key inside an object under a sensitive one means.
    private mutating func pass(_ key: Range<Int>, _ text: Text, of rule: Int, _ place: inout LeafPlace) {
        let verdict = verdict(text, key)
        guard verdict >= KeyVerdict.sensitive.rawValue else {
            let isLoose = tables.keyRules[rule].contents == .namespace
            return place.pass(own: nil, isHarmless: isHarmlessProperty(key, text, of: rule), isLoose: isLoose)
        }
        let named = Int(verdict - KeyVerdict.sensitive.rawValue)
        let isPair = tables.keyRules[named].treatment == .pair
        place.pass(own: isPair ? nil : named, isHarmless: false, isLoose: false)
    }

    /// What fits its own key's rule goes by that, the rest by the rule of the object that holds it.
    private mutating func takeLeaf(_ range: Range<Int>, _ rule: Int, _ own: Int?, in view: View, isNumber: Bool = false)
    {
        if let own {
            // Of a header its own rule takes a part, and what is left must not be the other's to take the next time.
            if tables.keyRules[own].treatment != .whole {
                let goesWhole = tables.keyRules[rule].shape == .anything
                return take(range, goesWhole ? rule : own, in: view, isNumber: isNumber)
            }
            let before = findings.count
            take(range, own, in: view, isNumber: isNumber)
            if findings.count > before || tables.keyRules[rule].contents == .namespace { return }
        }
        take(range, rule, in: view, isNumber: isNumber)
    }

    /// Takes a value of a key rule, unless it is empty, harmless or not of the rule's shape.
    mutating func take(_ range: Range<Int>, _ rule: Int, in view: View, isNumber: Bool = false, isProse: Bool = false) {
        let text = Text(view.line.base, range.lowerBound, range.upperBound)
        guard !range.isEmpty, !ValueGuard.isPlaceholder(text, range), !ValueGuard.isSmallNumber(text, range),
            !ValueGuard.isSecurityIdentifier(text, range), !ValueGuard.isHarmlessWord(text, range, inProse: isProse),
            !ValueGuard.isPath(text, range)
        else { return }
        let detector = UInt16(policy.firstKeyRule + rule)
        let keyRule = tables.keyRules[rule]
        switch keyRule.treatment {
        case .whole:
            guard ValueShape.fits(keyRule.shape, text, range) else { return }
            if isProse, keyRule.shape == .credential, ValueShape.isWord(text, range) { return }
            add(detector, range, in: view, isNumber: isNumber)
        case .authorization:
            // A number has no scheme.
            if isNumber { return add(detector, range, in: view, isNumber: true) }
            if let credentials = HeaderValue.credentials(text) { add(detector, credentials, in: view) }
        case .cookie:
            // Cookies in another form than a header's go as a whole.
            let isHeader = !isNumber && text[range.lowerBound] != 0x7B && text[range.lowerBound] != 0x5B
            guard isHeader else { return add(detector, range, in: view, isNumber: isNumber) }
            if HeaderValue.isNameless(text, range) { return add(detector, range, in: view) }
            var at = range.lowerBound
            while let value = HeaderValue.nextCookie(text, from: &at) { add(detector, value, in: view) }
        case .pair: break
        }
    }
}
