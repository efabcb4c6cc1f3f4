import AsyncHTTPClient
import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// What went wrong with an exchange, in words, and what to do where that is known.
///
/// From a bounded set; never anything of the request.
enum FailureText {
    static func of(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .deadlineExceeded: "timed out"
        case let error as HTTPClientError where error == .connectTimeout:
            "no connection in time; is the address right, and does a firewall stand between?"
        case let error as HTTPClientError: error.shortDescription
        case is CancellationError: "cancelled"
        case let error as IOError: text(error.errnoCode)
        case let error as NIOConnectionError: text(error)
        default: "\(type(of: error))"
        }
    }

    private static func text(_ error: NIOConnectionError) -> String {
        if let first = error.connectionErrors.first { return of(first.error) }
        return "the host's name is not known; is it spelled right, and does this host's name server know it?"
    }

    private static func text(_ code: CInt) -> String {
        switch code {
        case ECONNREFUSED: "connection refused; is it running, and is the port in `url` right?"
        case EHOSTUNREACH, ENETUNREACH: "no way to the host; is the address right, and is the network up?"
        case ETIMEDOUT: "no answer from the host; is the address right, and does a firewall stand between?"
        case ECONNRESET, EPIPE: "connection cut by the other side"
        default: String(cString: strerror(code)).lowercased()
        }
    }
}
