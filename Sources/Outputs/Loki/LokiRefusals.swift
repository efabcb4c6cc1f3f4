/// Reads how many entries Loki refused, and why, out of the text of a 400.
///
/// Two grammars: the distributor's `N errors like: TEXT; M errors like: TEXT`, and the ingester's list of entries
/// that ends in `total ignored: N out of M for stream: …`. Nothing here trusts the text: counts are bounded later,
/// and what is not understood counts as one of `other`.
struct LokiRefusals {
    private static let groupMark = ByteSearch(" errors like: ")
    private static let totalMark = ByteSearch("total ignored: ")

    /// Refused entries by reason, in the order of the text.
    private(set) var counts: [(reason: LokiRejection, records: Int)] = []

    init(text: ArraySlice<UInt8>) {
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
    private mutating func addIngester(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        var isIngester = false
        while let mark = Self.totalMark.first(in: rest) {
            let digits = rest[mark.upperBound...].prefix(while: Self.isDigit)
            add(LokiRejection(text: rest[..<mark.lowerBound]), Self.number(digits) ?? 1)
            isIngester = true
            rest = rest[mark.upperBound...]
        }
        return isIngester
    }

    /// The parts of `N errors like: TEXT; M errors like: TEXT`.
    private static func groups(_ text: ArraySlice<UInt8>) -> [(count: Int, text: ArraySlice<UInt8>)] {
        var groups: [(count: Int, text: ArraySlice<UInt8>)] = []
        var pending: (count: Int, start: Int)?
        var rest = text
        while let mark = groupMark.first(in: rest) {
            let digits = text[..<mark.lowerBound].suffix(while: isDigit)
            let start = digits.startIndex
            // Only at the beginning or behind a semicolon: the words may occur in a message too.
            let isBoundary = start == text.startIndex || text[..<start].suffix(2).elementsEqual("; ".utf8)
            if isBoundary, let count = number(digits) {
                if let pending { groups.append((pending.count, text[pending.start..<start])) }
                pending = (count, mark.upperBound)
            }
            rest = rest[mark.upperBound...]
        }
        if let pending { groups.append((pending.count, text[pending.start...])) }
        return groups
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        Int(String(decoding: digits, as: UTF8.self))
    }
}

extension ArraySlice<UInt8> {
    /// The longest end of which every byte is as wanted.
    fileprivate func suffix(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, isWanted(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
