extension Detector {
    /// Every detector that is built in.
    ///
    /// Adding one is one row here (or in the list of its kind) and nothing else: the kernel's tables, the tests,
    /// the self-test and the documentation are made from the rows.
    package static let catalogue: [Detector] =
        identities + networkAddresses + keysAndContexts + cloudTokens + developerTokens + serviceTokens
        + infrastructureTokens
}
