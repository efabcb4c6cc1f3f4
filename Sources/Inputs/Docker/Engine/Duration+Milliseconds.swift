extension Duration {
    /// Cut to milliseconds, at most what fits.
    package var wholeMilliseconds: Int64 {
        let (whole, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000)
        return overflow ? Int64.max / 4 : whole + components.attoseconds / 1_000_000_000_000_000
    }
}
