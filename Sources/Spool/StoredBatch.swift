/// A batch as a lane holds it: bytes that the spool does not look into.
package struct StoredBatch: Sendable, Equatable {
    /// Its place in the lane; 0 before it has one.
    package var sequence: UInt64
    /// Records in it.
    package var records: UInt32
    /// What the output must know to send the body.
    package var head: [UInt8]
    /// The request body.
    package var body: [UInt8]

    /// Makes a batch; the spool gives it its sequence.
    package init(sequence: UInt64 = 0, records: UInt32, head: [UInt8], body: [UInt8]) {
        self.sequence = sequence
        self.records = records
        self.head = head
        self.body = body
    }

    /// Bytes in a segment, about.
    package var storedBytes: Int { BatchFrame.headerBytes + 4 + head.count + body.count + 7 }
}
