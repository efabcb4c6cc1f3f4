package import Settings

/// `outputs.archive`.
package struct ArchiveOptions: Sendable {
    /// Where the files go; made when it is not there.
    package var directory: String
    /// The oldest files go when all together are larger.
    package var keepBytes: Int
    /// A file is closed at this size, or at an eighth of `keepBytes` if that is less.
    package var fileBytes: Int
    /// A file is closed at this age.
    package var fileAge: Duration
    package var delivery: DeliveryOptions

    /// Makes options; all have defaults.
    package init(
        directory: String = "./archive",
        keepBytes: Int = 1 << 30,
        fileBytes: Int = 128 << 20,
        fileAge: Duration = .seconds(86_400),
        delivery: DeliveryOptions = DeliveryOptions()
    ) {
        self.directory = directory
        self.keepBytes = keepBytes
        self.fileBytes = fileBytes
        self.fileAge = fileAge
        self.delivery = delivery
    }
}
