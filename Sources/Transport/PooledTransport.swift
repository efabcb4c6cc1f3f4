import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Sends requests over a pool of kept connections.
///
/// Differs from the client below it in four things: the time limit covers the reply's body too, an error says
/// whether anything was sent, certificates are read again when their files change, and a reply that breaks off
/// after its head still gives its status.
package final class PooledTransport: HTTPTransport {
    private let options: TransportOptions
    private let current: Mutex<ClientState>
    private let notice: @Sendable (String) -> Void

    private struct ClientState {
        var client: SharedClient
        var stamps: [FileStamp]
        var checked: ContinuousClock.Instant
    }

    /// Makes a transport; throws when a certificate or key cannot be read.
    ///
    /// `notice` gets what is worth a line in the log: certificates renewed, or not readable any more.
    package init(
        _ options: TransportOptions,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(TLSFileError) {
        self.options = options
        self.notice = notice
        let stamps = options.tls.files.map(FileStamp.init(file:))
        let client = try SharedClient(options)
        current = Mutex(ClientState(client: client, stamps: stamps, checked: .now))
    }

    deinit {
        current.withLock { $0.client.retire() }
    }

    /// One request and its reply.
    package func exchange(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let client = lease()
        defer { client.release() }
        let exchange = Exchange(request, options)
        return try await exchange.run(on: client.client)
    }

    private func lease() -> SharedClient {
        current.withLock { state in
            renewWhenChanged(&state)
            state.client.retain()
            return state.client
        }
    }

    private func renewWhenChanged(_ state: inout ClientState) {
        let files = options.tls.files
        guard !files.isEmpty, state.checked.duration(to: .now) >= options.tls.reloadEvery else { return }
        state.checked = .now
        let stamps = files.map(FileStamp.init(file:))
        guard stamps != state.stamps else { return }
        do throws(TLSFileError) {
            let renewed = try SharedClient(options)
            state.client.retire()
            state.client = renewed
            state.stamps = stamps
            notice("TLS files changed, read again")
        } catch {
            // Half-written files are common while they are replaced: go on with the old, look again later.
            notice("TLS files changed but cannot be used, the old ones stay: \(error)")
        }
    }
}
