/// Which lines become one record (`parse.multiline`).
package enum MultilineChoice: Sendable {
    /// Stack traces, panics and printed JSON, recognised by their shape.
    case auto
    /// Every line is a record.
    case off
    /// A record begins with a line that the pattern is found in, and goes on to the next such line.
    case start(StartPattern)
}
