/// Values that stay although a detector knows them.
struct AllowList: Sendable {
    private struct Entry {
        /// nil: for all detectors.
        var detector: Int?
        var value: [UInt8] = []
        /// Searched for in the value, instead.
        var pattern: LinearPattern?
    }

    private var entries: [Entry] = []

    /// Reads entries: `VALUE`, `re:PATTERN`, either behind `DETECTOR=`.
    init(_ texts: [String], detectors: [String], problems: inout [RedactionProblem]) {
        for (index, text) in texts.enumerated() {
            let detector = detectors.firstIndex { text.hasPrefix($0 + "=") }
            let rest = detector.map { String(text.dropFirst(detectors[$0].count + 1)) } ?? text
            guard rest.hasPrefix("re:") else {
                entries.append(Entry(detector: detector, value: Array(rest.utf8)))
                continue
            }
            do throws(RedactionProblem) {
                entries.append(Entry(detector: detector, pattern: try LinearPattern(String(rest.dropFirst(3)))))
            } catch {
                problems.append(RedactionProblem(key: "allow[\(index)]", problem: error.problem, advice: error.advice))
            }
        }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Whether a value of a detector is to stay.
    ///
    /// Letters of literal values match in both cases.
    func allows(_ text: Text, _ range: Range<Int>, detector: Int) -> Bool {
        let value = Text(text.base, range.lowerBound, range.upperBound)
        return entries.contains { entry in
            guard entry.detector == nil || entry.detector == detector else { return false }
            if let pattern = entry.pattern { return pattern.find(value, from: value.lower) != nil }
            guard entry.value.count == range.count else { return false }
            return zip(entry.value, range).allSatisfy { $0.lowercased == text[$1].lowercased }
        }
    }
}
