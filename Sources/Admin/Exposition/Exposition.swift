/// The body of `/metrics` and the headers that describe it.
package struct Exposition: Sendable {
    /// Compresses to gzip.
    ///
    /// The admin server is given one, so that it needs no codec of its own.
    package typealias Compress = @Sendable ([UInt8]) -> [UInt8]

    /// The text, compressed where `contentEncoding` says so.
    package let body: [UInt8]
    /// The `Content-Type` to send.
    package let contentType: String
    /// `gzip`, or nil for a body that is not compressed.
    package let contentEncoding: String?

    /// Writes the families in the format and encoding that the scraper asks for.
    ///
    /// - Parameters:
    ///   - families: In the order to be written.
    ///   - accept: The request's `Accept`.
    ///   - acceptEncoding: The request's `Accept-Encoding`.
    ///   - compress: Makes gzip; nil to send plain text always.
    package init(
        of families: [MetricFamily],
        accept: String? = nil,
        acceptEncoding: String? = nil,
        compress: Compress? = nil
    ) {
        let format = ExpositionFormat.negotiate(accept: accept)
        let text = ExpositionWriter.write(families, as: format)
        contentType = format.contentType
        if let compress, QualityList.quality(of: "gzip", in: acceptEncoding ?? "") ?? 0 > 0 {
            body = compress(text)
            contentEncoding = "gzip"
        } else {
            body = text
            contentEncoding = nil
        }
    }
}
