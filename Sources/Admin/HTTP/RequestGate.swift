/// Decides, without a socket, whether a request is answered and by which route.
package struct RequestGate: Sendable {
    /// What becomes of a request.
    package enum Verdict: Sendable {
        /// The route answers it.
        case answer(AdminRoute)
        /// The page that asks for the token: the route's answer under status 401.
        case askForToken(AdminRoute)
        /// It is answered with this.
        case refuse(AdminResponse)
    }

    private let routes: [String: AdminRoute]
    private let hosts: AllowedHosts
    private let token: AdminToken
    /// On another address than loopback nothing is open.
    private let isTokenWantedEverywhere: Bool

    static let challenge = (name: "WWW-Authenticate", value: "Bearer realm=\"martlet\"")

    /// Makes a gate before a table of routes; of two with the same path the first one counts.
    package init(routes: [AdminRoute], hosts: AllowedHosts, token: AdminToken, isTokenWantedEverywhere: Bool) {
        self.routes = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        self.hosts = hosts
        self.token = token
        self.isTokenWantedEverywhere = isTokenWantedEverywhere
    }

    /// What becomes of a request.
    package func judge(_ request: AdminRequest) -> Verdict {
        if let refusal = refusalOfForm(request) ?? refusalOfOrigin(request) { return .refuse(refusal) }
        let isTrusted = token.isIn(request)
        let route = routes[request.path]
        if let route, case .page = route.access { return isTrusted ? .answer(route) : .askForToken(route) }
        if !isTrusted, isTokenWantedEverywhere || route?.access == .token {
            let advice = "this needs the token: Authorization: Bearer, with what agent.data_dir/token holds"
            return .refuse(.refusal(401, advice, headers: [Self.challenge]))
        }
        guard let route else {
            return .refuse(.refusal(404, "there is nothing here; see " + routes.keys.sorted().joined(separator: " ")))
        }
        return .answer(route)
    }

    private func refusalOfForm(_ request: AdminRequest) -> AdminResponse? {
        guard ["GET", "HEAD"].contains(request.method) else {
            return .refusal(405, "only GET and HEAD", headers: [("Allow", "GET, HEAD")])
        }
        guard request.path.hasPrefix("/") else { return .refusal(400, "the request target must be a path") }
        guard request.header("transfer-encoding") == nil, ["0", nil].contains(request.header("content-length")) else {
            return .refusal(413, "a request must not have a body")
        }
        return nil
    }

    /// Refuses what a page of somebody else can send.
    private func refusalOfOrigin(_ request: AdminRequest) -> AdminResponse? {
        let hosts = request.headerValues("host")
        guard hosts.count == 1, let host = hosts.first else { return .refusal(400, "one Host header, please") }
        guard self.hosts.allows(host) else {
            return .refusal(421, "this host name is not one of mine; use the address, or localhost")
        }
        if let origin = request.header("origin"), origin != "http://" + host, origin != "https://" + host {
            return .refusal(403, "requests from other pages are not answered")
        }
        return nil
    }
}
