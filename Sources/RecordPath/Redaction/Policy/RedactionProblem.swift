/// What is wrong with redaction options, in the words of a configuration error.
package struct RedactionProblem: Error, Sendable, Equatable {
    /// The key below `redact`.
    package var key: String
    package var problem: String
    package var advice: String

    /// A name that nothing bears, with the nearest one that exists.
    static func unknown(_ key: String, _ name: String, known: [String]) -> RedactionProblem {
        let nearest = known.min { distance($0, name) < distance($1, name) }
        let isNear = nearest.map { distance($0, name) <= max(2, name.count / 3) } ?? false
        let advice = isNear ? "did you mean \(nearest ?? "")?" : "write one of docs/reference/detectors.md"
        return RedactionProblem(key: key, problem: "there is no \(name)", advice: advice)
    }

    private static func distance(_ left: String, _ right: String) -> Int {
        let a = Array(left.utf8)
        let b = Array(right.utf8)
        var row = Array(0...b.count)
        for i in a.indices {
            var corner = row[0]
            row[0] = i + 1
            for j in b.indices {
                let change = corner + (a[i] == b[j] ? 0 : 1)
                corner = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
