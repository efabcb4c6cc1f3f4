import Synchronization

/// The body of `/metrics` and the headers that describe it.
package struct Exposition: Sendable {
    /// Makes one that compresses a body to gzip, which it is given piece by piece.
    ///
    /// The admin server is given one, so that it needs no codec of its own.
    package typealias Compress = @Sendable () -> (@Sendable (_ piece: [UInt8], _ isLast: Bool) -> [UInt8])?

    /// The text, compressed where `contentEncoding` says so.
    package let pieces: BodyPieces
    /// The `Content-Type` to send.
    package let contentType: String
    /// `gzip`, or nil for a body that is not compressed.
    package let contentEncoding: String?

    /// All of the text, for readers who have room for it; then there are no pieces left.
    package var body: [UInt8] {
        var body: [UInt8] = []
        while let piece = pieces.next() { body += piece }
        return body
    }

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
        contentType = format.contentType
        let takesGzip = QualityList.quality(of: "gzip", in: acceptEncoding ?? "") ?? 0 > 0
        let pack = takesGzip ? compress?() : nil
        contentEncoding = pack == nil ? nil : "gzip"
        let writer = Mutex(ExpositionWriter(families, as: format))
        pieces = BodyPieces {
            // What a compressor keeps for later is no piece.
            while let (piece, isLast) = writer.withLock({ $0.next() }) {
                let packed = pack?(piece, isLast) ?? piece
                if !packed.isEmpty || isLast { return packed }
            }
            return nil
        }
    }
}
