/// What an open record has been so far, which tells what may continue it.
enum TraceState: Equatable {
    /// Nothing is open.
    case idle
    /// A line of text; `hasHeader` when it begins as loggers' lines do, with a time or a level.
    case plain(hasHeader: Bool)
    /// A line of zap's console, in columns set apart by tabs: its traces name Go functions without parentheses.
    case columns
    /// Frames of Java, Kotlin, Scala, .NET or JavaScript, indented and with `at`.
    case frames
    /// Inside a Python traceback.
    case python
    /// Behind the exception that ends a Python traceback: another one may follow.
    case pythonEnd
    /// A Go panic or dump of goroutines.
    case go
    /// Behind Gin's `panic recovered:`; the request and the message follow, then its own form of frames.
    case ginRecovery
    case ruby
    /// Node's report of an uncaught error, up to the error itself.
    case nodeSource
    /// Behind a JavaScript error: frames and the error's own fields.
    case nodeError
    case php
    /// A Rust panic whose message stands on the next line.
    case rustMessage
    case rust
    /// java.util.logging prints the level and message on the second line.
    case javaUtilLogging
    /// .NET's console prints the message, indented, from the second line on.
    case dotNetConsole
    /// JSON over several lines, with the depth of its braces and brackets.
    case json(depth: Int)
}
