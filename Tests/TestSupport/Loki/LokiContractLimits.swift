/// Loki's limits, with its defaults.
package struct LokiContractLimits: Sendable {
    package var requestBytes = 100 << 20
    package var lineBytes = 256 << 10
    package var labelNames = 15
    package var labelNameBytes = 1024
    package var labelValueBytes = 2048
    package var metadataBytes = 64 << 10
    package var metadataCount = 128
    package var allowsMetadata = true
    package var oldestHours = 168
    package var newestMinutes = 10
    package var behindMinutes = 60
    package var streams = 5000
    package var queryEntries = 5000
    package var queryHours = 30 * 24 + 1

    /// Makes the default limits.
    package init() {}
}
