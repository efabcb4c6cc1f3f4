/// That a trace was seen in a service, perhaps under a request id: what workers tell each other.
package struct IDSighting: Sendable, Equatable {
    /// Hash of a request id that is long enough to be unique on the host; 0: none.
    var request: UInt64
    var trace: TraceID
    /// Hash of the service's name.
    var service: UInt64
    /// The record's time.
    var time: Int64
}
