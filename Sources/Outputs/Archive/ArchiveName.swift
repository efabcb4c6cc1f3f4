/// The name of an archive file: `martlet-20261121T120000Z-000001.ndjson.gz`.
///
/// The number orders the files; the time is for people.
package struct ArchiveName: Sendable, Equatable {
    /// Behind the name of a file whose contents are not committed; it is no part of the archive any more.
    static let asideSuffix = ".uncommitted"
    private static let prefix = "martlet-"

    package let number: Int
    package let text: String

    /// The name of a new file; `time` is nanoseconds since 1970.
    package init(number: Int, time: Int64, isCompressed: Bool) {
        self.number = number
        let digits = String(number)
        let padding = String(repeating: "0", count: max(0, 6 - digits.count))
        text = "\(Self.prefix)\(Self.stamp(time))-\(padding)\(digits).ndjson\(isCompressed ? ".gz" : "")"
    }

    /// Reads a name; nil for files that are none of ours.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let dash = text.lastIndex(of: "-") else { return nil }
        let parts = text[text.index(after: dash)...].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[1] == "ndjson", parts.count == 2 || parts.count == 3 && parts[2] == "gz",
            let number = Int(parts[0]), number > 0
        else { return nil }
        self.number = number
        self.text = text
    }

    /// `20261121T120000Z`.
    private static func stamp(_ time: Int64) -> String {
        let seconds = Int(time / 1_000_000_000)
        let (days, second) = (seconds / 86_400, seconds % 86_400)
        // Civil date from days since 1970, counted in eras of 400 years that begin in March.
        let shifted = days + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let date = "\(year)\(two(month))\(two(day))"
        return "\(date)T\(two(second / 3600))\(two(second / 60 % 60))\(two(second % 60))Z"
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
