/// One of the two streams that a service writes.
package enum ExecStream: String, CaseIterable, Sendable {
    case stdout
    case stderr
}
