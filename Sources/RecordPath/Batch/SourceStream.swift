import Synchronization

/// Where lines come from: one container's stdout, one file, one journal unit.
///
/// Immutable; made once by an input.
///
/// Lines of one stream stay in order on their whole way, because a stream belongs to one worker.
package final class SourceStream: Sendable {
    /// Unlike every other stream of this process.
    package let id: UInt64
    /// What it is, in the words of its input.
    package let origin: Origin

    private static let next = Atomic<UInt64>(1)

    /// Everything that an input knows about a stream.
    ///
    /// Texts are as the source gave them: not yet redacted.
    package struct Origin: Sendable, Equatable {
        /// `docker`, `journald`, `files`, `stdin`, `exec`.
        package var input: String
        /// The same after a restart; part of document ids.
        ///
        /// For example `docker:<container id>:stdout`.
        package var key: String
        /// Service set by the operator: a `martlet.service`, compose or OpenTelemetry label.
        ///
        /// Beats the line's own.
        package var declaredService: String?
        /// Service when neither a label nor the line names one: container name, unit, identifier or folder.
        package var fallbackService: String?
        /// `stdout` or `stderr`, where the source tells them apart.
        package var stream: String?
        package var container: String?
        package var containerID: String?
        package var image: String?
        package var unit: String?
        /// A file's path, for files.
        package var path: String?
        /// Labels of the container, for templates of output labels.
        package var labels: [String: String]

        /// Makes an origin; what the source does not have is nil.
        package init(
            input: String,
            key: String,
            declaredService: String? = nil,
            fallbackService: String? = nil,
            stream: String? = nil,
            container: String? = nil,
            containerID: String? = nil,
            image: String? = nil,
            unit: String? = nil,
            path: String? = nil,
            labels: [String: String] = [:]
        ) {
            self.input = input
            self.key = key
            self.declaredService = declaredService
            self.fallbackService = fallbackService
            self.stream = stream
            self.container = container
            self.containerID = containerID
            self.image = image
            self.unit = unit
            self.path = path
            self.labels = labels
        }
    }

    /// Makes a stream with an id of its own.
    package init(_ origin: Origin) {
        id = Self.next.wrappingAdd(1, ordering: .relaxed).oldValue
        self.origin = origin
    }
}
