package import Settings

extension ArchiveOptions {
    /// Reads `outputs.archive`.
    package init(reading reader: ConfigurationReader, delivery: DeliveryOptions) {
        let directory = reader.string("directory", default: "./archive")
        if directory.isEmpty || directory.utf8.contains(0) {
            reader.report("directory", "is no directory", "write a path such as ./archive")
        }
        self.init(
            directory: directory,
            // Below a megabyte there would be no room for one file beside the one that is written.
            keepBytes: reader.size("keep", default: 1 << 30, in: (1 << 20)...(1 << 50)),
            delivery: DeliveryOptions(reading: reader, defaults: delivery)
        )
    }
}
