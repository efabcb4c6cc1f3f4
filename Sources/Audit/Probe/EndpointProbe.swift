package import Transport

/// Asks a container's ports for `/metrics`, `/healthz` and `/readyz`: three GETs, nothing else.
package struct EndpointProbe: Sendable {
    /// What is asked for.
    package static let paths = ["/metrics", "/healthz", "/readyz"]
    /// How long and how much: short, for nothing is lost when no answer comes.
    package static let limits = TransportOptions(
        connectTimeout: .seconds(1),
        requestTimeout: .seconds(2),
        connections: 2,
        replyBytes: 64 << 10
    )

    private let transport: any HTTPTransport

    /// Makes a probe.
    package init(_ transport: any HTTPTransport) { self.transport = transport }

    /// What a container's ports answer.
    package func ask(_ targets: ProbeTargets) async -> PortEvidence {
        var evidence = PortEvidence(addresses: targets.addresses)
        for address in targets.addresses {
            if let answers = await ask(address) { evidence.answers.append(answers) }
        }
        return evidence
    }

    /// Nil when nothing there speaks HTTP.
    private func ask(_ address: String) async -> PortEvidence.Answers? {
        var answers = PortEvidence.Answers(address: address, replies: [:])
        for path in Self.paths {
            let request = TransportRequest(
                method: "GET",
                url: "http://\(address)\(path)",
                headers: [(name: "user-agent", value: "martlet-audit")]
            )
            do throws(TransportError) {
                let reply = try await transport.exchange(request)
                // What answers every path with the same page has none of these.
                let isPage = reply.header("content-type")?.lowercased().contains("text/html") ?? false
                answers.replies[path] = isPage && reply.status == 200 ? .page : .status(reply.status)
            } catch {
                if answers.replies.isEmpty { return nil }
            }
        }
        return answers
    }
}
