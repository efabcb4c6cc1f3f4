/// Values that stay although a detector knows them.
struct AllowList: Sendable {
    private struct Entry {
        /// nil: for all detectors.
        var detector: Int?
        var value: [UInt8]
    }

    private let entries: [Entry]

    /// Reads entries: `VALUE`, `DETECTOR=VALUE`.
    init(_ texts: [String], detectors: [String], problems: inout [RedactionProblem]) {
        entries = texts.map { text in
            for (index, name) in detectors.enumerated() where text.hasPrefix(name + "=") {
                return Entry(detector: index, value: Array(text.dropFirst(name.count + 1).utf8))
            }
            return Entry(detector: nil, value: Array(text.utf8))
        }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Whether a value of a detector is to stay. Letters match in both cases.
    func allows(_ text: Text, _ range: Range<Int>, detector: Int) -> Bool {
        entries.contains { entry in
            guard entry.detector == nil || entry.detector == detector, entry.value.count == range.count else { return false }
            return zip(entry.value, range).allSatisfy { $0.lowercased == text[$1].lowercased }
        }
    }
}
