import Inputs
import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// What a service wrote, on its way to Martlet's own stdout and stderr: redacted line by line, or as it is.
final class ServicePassing: Sendable {
    private let stdout: Locked<Lane>
    private let stderr: Locked<Lane>

    /// Redacts by a configuration's policy.
    init(_ configuration: AgentConfiguration) {
        stdout = Locked(Lane(LineRedactor(configuration)))
        stderr = Locked(Lane(LineRedactor(configuration)))
    }

    /// Lines, redacted; a record that the policy drops does not go on.
    var redacted: ExecOptions.Passing { .lines { [self] in pass($0, $1, isWhole: $2) } }

    private func pass(_ stream: ExecStream, _ line: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
        let lane = stream == .stdout ? stdout : stderr
        lane.withLock { lane in
            lane.take(line, isWhole: isWhole)
            Self.write(UnsafeRawBufferPointer(start: lane.safe.base, count: lane.safe.count), to: stream)
        }
    }

    /// Bytes as they are.
    static var raw: ExecOptions.Passing {
        .pieces { stream, bytes in write(UnsafeRawBufferPointer(bytes), to: stream) }
    }

    /// One stream's redactor with its buffers, used by one thread at a time.
    private struct Lane: ~Copyable {
        var redactor: LineRedactor
        var line = Arena(capacity: 4096)
        var safe = Arena(capacity: 4096)

        init(_ redactor: consuming LineRedactor) { self.redactor = redactor }

        /// Leaves in `safe` what may be shown of a line.
        mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
            line.removeAll()
            safe.removeAll()
            // The redactor reads some bytes behind the line, which an arena has.
            if let base = bytes.baseAddress { line.put(base, bytes.count) }
            switch redactor.redact(UnsafePointer(line.base), line.count, into: &safe) {
            case .clean, .edited: break
            case .dropped: return
            case .withheld: safe.append("[REDACTED]")
            }
            if isWhole { safe.put(0x0A) }
        }
    }

    /// Writes all of it, waiting where Martlet's own reader is slow; without a reader it is lost.
    private static func write(_ bytes: UnsafeRawBufferPointer, to stream: ExecStream) {
        let descriptor: Int32 = stream == .stdout ? 1 : 2
        var done = 0
        while done < bytes.count {
            let count = systemWrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count > 0 {
                done += count
            } else if errno == EAGAIN {
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&entry, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}

/// `write(2)`, whose name the method above takes.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    guard let bytes else { return 0 }
    return write(descriptor, bytes, count)
}

extension LineRedactor {
    /// Redaction by a configuration's policy and names, with counts of its own.
    init(_ configuration: AgentConfiguration) {
        let policy = configuration.redact.policy
        let names = configuration.parse.fields + configuration.correlate.names
        self.init(lexicon: FieldLexicon(names: names, policy: policy), policy: policy)
    }
}
