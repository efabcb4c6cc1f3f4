/// One open connection that brings the log of one container.
///
/// A class, because it owns the connection. Used by one thread.
final class ContainerReading {
    let log: ContainerLog
    let stream: EngineStream
    /// The last lines when it was opened: reading has been worth it when they have changed.
    private let before: [LineFingerprint?]
    private let isFollowing: Bool
    /// It asked for the last lines only, to get behind what cannot be read.
    let recovery: TailRecovery?

    /// What `receive` came to.
    enum Progress {
        /// So many bytes were read.
        case more(Int)
        case ended
        case refused(status: Int)
        case lost(EngineFailure)
        case corrupt(ContainerLog.Failure)
    }

    /// Makes a reading of a stream that has been opened.
    init(_ log: ContainerLog, _ stream: EngineStream, isFollowing: Bool, recovery: TailRecovery? = nil) {
        self.log = log
        self.recovery = recovery
        self.stream = stream
        self.isFollowing = isFollowing
        before = log.lastLines
    }

    /// Whether it waits for lines to come.
    var follows: Bool { isFollowing }

    /// Whether it brought lines that were not known.
    var hadLines: Bool { log.lastLines != before }

    /// Reads once and hands the bytes to the log.
    func receive(into buffer: UnsafeMutableBufferPointer<UInt8>, now: Int64) -> Progress {
        var corruption: ContainerLog.Failure?
        do throws(EngineFailure) {
            let progress = try stream.receive(into: buffer) { piece in
                guard corruption == nil, stream.head?.status == 200 else { return }
                do throws(ContainerLog.Failure) { try log.take(piece, now: now) } catch { corruption = error }
            }
            if let corruption { return .corrupt(corruption) }
            if let status = stream.head?.status, status != 200 { return .refused(status: status) }
            switch progress {
            case .more(let count): return .more(count)
            case .nothing: return .more(0)
            case .ended: return .ended
            }
        } catch {
            return .lost(error)
        }
    }
}
