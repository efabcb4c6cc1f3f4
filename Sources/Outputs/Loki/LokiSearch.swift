/// A search for the entries of one stream, page by page; a value that is told what each page held.
struct LokiSearch {
    /// An entry as it compares: Loki and we repair invalid UTF-8 differently, so runs of U+FFFD count as one.
    private struct Key: Hashable {
        let time: Int64
        let line: String

        init(_ entry: LokiEntry) {
            time = entry.time
            line = LokiSearch.normalized(entry.line)
        }
    }

    /// Wanted entries by what is compared first, as places in the stream.
    private var wanted: [Key: [Int]] = [:]
    private let entries: [LokiEntry]
    /// Spans still to be asked for, nanoseconds, the end not included.
    private var spans: [(start: Int64, end: Int64)] = []
    /// The next span is one instant that holds more than a page: it is asked for as a whole.
    private var isCrowded = false
    /// One instant holds more than Loki gives in one answer, so that nobody can tell what is there.
    private(set) var isHopeless = false
    /// What was taken at the time where the last page ended: those entries come again.
    private var taken: [LokiEntry] = []

    init(_ stream: LokiWantedStream) {
        entries = stream.entries
        for (place, entry) in entries.enumerated() { wanted[Key(entry), default: []].append(place) }
        let times = entries.map(\.time).sorted()
        guard let first = times.first else { return }
        var span = (start: first, end: first &+ 1)
        for time in times {
            // One query must not be longer than Loki allows, and long gaps are not worth reading.
            if time &- span.start >= LokiReadback.spanMax {
                spans.append(span)
                span.start = time
            }
            span.end = time &+ 1
        }
        spans.append(span)
        spans.reverse()
    }

    /// The span to ask for next; nil when everything was found or every span was read.
    var nextSpan: (start: Int64, end: Int64)? {
        wanted.isEmpty || isHopeless ? nil : spans.last
    }

    /// How many entries to ask for next.
    func nextLimit(_ limit: Int) -> Int { isCrowded ? LokiReadback.instantEntries : limit }

    /// Places of the entries that were not found, in order.
    var absent: [Int] {
        wanted.values.flatMap(\.self).sorted()
    }

    /// Takes the answer for `nextSpan`; fewer entries than `limit` are all there are.
    mutating func received(_ page: [LokiEntry], limit: Int) {
        guard let span = spans.popLast() else { return }
        let page = page.sorted { $0.time < $1.time }
        var again = taken
        taken = []
        let last = page.last?.time ?? span.end
        for entry in page {
            // The end of the page before is the start of this one.
            if let known = again.firstIndex(of: entry) {
                again.remove(at: known)
            } else {
                strike(entry)
            }
            if entry.time == last { taken.append(entry) }
        }
        guard page.count >= limit else {
            taken = []
            isCrowded = false
            return
        }
        // A page full of one instant cannot be got past: ask for the instant as a whole.
        guard last == span.start else { return spans.append((last, span.end)) }
        if isCrowded {
            isHopeless = true
        } else {
            if last &+ 1 < span.end { spans.append((last &+ 1, span.end)) }
            spans.append((last, last &+ 1))
            isCrowded = true
        }
    }

    private mutating func strike(_ found: LokiEntry) {
        let key = Key(found)
        guard var places = wanted[key] else { return }
        // The best match has all our metadata; Loki may add some of its own, and may be unable to tell us any.
        let index = places.firstIndex { entries[$0].metadata.allSatisfy { found.metadata[$0.key] == $0.value } }
        guard let index = index ?? (found.metadata.isEmpty ? places.indices.first : nil) else { return }
        places.remove(at: index)
        wanted[key] = places.isEmpty ? nil : places
    }

    private static func normalized(_ line: String) -> String {
        guard line.unicodeScalars.contains("\u{FFFD}") else { return line }
        var text = String.UnicodeScalarView()
        for scalar in line.unicodeScalars where scalar != "\u{FFFD}" || text.last != "\u{FFFD}" { text.append(scalar) }
        return String(text)
    }
}
