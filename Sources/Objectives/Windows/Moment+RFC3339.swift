import RecordPath

extension Moment {
    /// The wall clock's time, UTC, with milliseconds where there are any: `2026-11-21T11:37:45Z`.
    package var rfc3339: String {
        let (quotient, rest) = wall.quotientAndRemainder(dividingBy: 1_000)
        let date = CivilDate(secondsSince1970: rest < 0 ? quotient - 1 : quotient)
        let millis = Int(rest < 0 ? rest + 1_000 : rest)
        let day = "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))"
        let clock = "\(pad(date.hour, 2)):\(pad(date.minute, 2)):\(pad(date.second, 2))"
        return "\(day)T\(clock)\(millis == 0 ? "" : "." + pad(millis, 3))Z"
    }

    private func pad(_ number: Int, _ width: Int) -> String { CivilDate.pad(number, width) }
}
