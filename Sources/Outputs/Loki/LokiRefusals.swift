/// Reads how many entries Loki refused, and why, out of the text of a 400.
///
/// Two grammars: the distributor's `N errors like: TEXT; M errors like: TEXT`, and the ingester's list of entries
/// that ends in `total ignored: N out of M for stream: …`. Nothing here trusts the text: counts are bounded later,
/// and what is not understood counts as one of `other`.
struct LokiRefusals {
    /// Refused entries by reason, in the order of the text.
    private(set) var counts: [(reason: LokiRejection, records: Int)] = []

    init(text: Substring) {
        let groups = Self.groups(text)
        if groups.isEmpty {
            addIngester(text)
        } else {
            for group in groups where !addIngester(group.text) {
                add(LokiRejection(text: group.text), group.count)
            }
        }
    }

    /// The rejections, together no more than `records`.
    func rejections(atMost records: Int) -> [Outcome.Rejection] {
        var left = records
        var result: [Outcome.Rejection] = []
        for (reason, count) in counts {
            let taken = min(left, count)
            left -= taken
            if taken > 0 { result.append(Outcome.Rejection(reason: reason.rawValue, records: taken)) }
        }
        return result
    }

    private mutating func add(_ reason: LokiRejection, _ records: Int) {
        if let known = counts.firstIndex(where: { $0.reason == reason }) {
            let (sum, overflow) = counts[known].records.addingReportingOverflow(records)
            counts[known].records = overflow ? .max : sum
        } else {
            counts.append((reason, records))
        }
    }

    /// Takes what an ingester says; false when the text is not an ingester's.
    @discardableResult
    private mutating func addIngester(_ text: Substring) -> Bool {
        var rest = text
        var isIngester = false
        while let mark = rest.firstRange(of: "total ignored: ") {
            let count = Self.number(at: mark.upperBound, in: rest) ?? 1
            add(LokiRejection(text: rest[..<mark.lowerBound]), count)
            isIngester = true
            rest = rest[mark.upperBound...]
        }
        return isIngester
    }

    /// The parts of `N errors like: TEXT; M errors like: TEXT`.
    private static func groups(_ text: Substring) -> [(count: Int, text: Substring)] {
        let phrase = " errors like: "
        var groups: [(count: Int, text: Substring)] = []
        var pending: (count: Int, start: Substring.Index)?
        var rest = text
        while let mark = rest.firstRange(of: phrase) {
            let digits = text[..<mark.lowerBound].reversed().prefix { $0.isASCII && $0.isNumber }.count
            let start = text.index(mark.lowerBound, offsetBy: -digits)
            // Only at the beginning or behind a semicolon: the words may occur in a message too.
            let isBoundary = start == text.startIndex || text[..<start].hasSuffix("; ")
            if isBoundary, let count = Int(text[start..<mark.lowerBound]) {
                if let pending { groups.append((pending.count, text[pending.start..<start])) }
                pending = (count, mark.upperBound)
            }
            rest = rest[mark.upperBound...]
        }
        if let pending { groups.append((pending.count, text[pending.start...])) }
        return groups
    }

    private static func number(at start: Substring.Index, in text: Substring) -> Int? {
        Int(text[start...].prefix { $0.isASCII && $0.isNumber })
    }
}
