import Agent
import ArgumentParser

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// An error on its way to stderr and the exit code (sysexits).
struct Failure: Error, CustomStringConvertible {
    /// Exit codes of SPEC 1.
    enum Code: Int32 {
        case checkFailed = 1
        case usage = 64
        case unavailable = 69
        case io = 74
        case busy = 75
        case forbidden = 77
        case configuration = 78
    }

    let code: Code
    let message: String

    var description: String { message }

    /// Says what is wrong and ends the process.
    func exit() -> Never {
        StandardError.write(message + "\n")
        Glibc.exit(code.rawValue)
    }

    /// An agent's error with its code.
    init(_ error: AgentError) {
        message = error.message
        code =
            switch error {
            case .io: .io
            case .busy: .busy
            case .forbidden: .forbidden
            case .configuration: .configuration
            case .unavailable: .unavailable
            }
    }

    init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// Runs a command's body; a failure ends the process with its code.
    static func catching<R>(_ body: () async throws -> R) async throws -> R {
        do {
            return try await body()
        } catch let failure as Failure {
            failure.exit()
        } catch let error as AgentError {
            Failure(error).exit()
        }
    }
}

/// Text to stderr, unbuffered.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            done += max(count, 0)
        }
    }
}

/// The process's environment.
enum Environment {
    static var all: [String: String] {
        var result: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return result
    }
}
