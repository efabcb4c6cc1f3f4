extension AdminRoute {
    /// The live page on `/`.
    ///
    /// It holds no data, so who has no token gets it too, and is asked for one.
    package static var page: AdminRoute {
        let page = LivePage()
        return AdminRoute("/", .page) { _ in page.response(nonce: LivePage.randomNonce()) }
    }

    /// What the page shows, as JSON on `/api/v1/state`.
    ///
    /// `?families=a,b` leaves the others out.
    ///
    /// - Parameters:
    ///   - metrics: Gives the families.
    ///   - readiness: Gives what is wrong.
    ///   - now: Nanoseconds since 1970.
    /// - Returns: A route that wants the token.
    package static func state(
        metrics: any MetricsSource,
        readiness: any ReadinessSource,
        now: @escaping @Sendable () -> Int64
    ) -> AdminRoute {
        AdminRoute("/api/v1/state", .token) { request in
            let wanted = request.parameter("families").map { Set($0.split(separator: ",").map(String.init)) }
            let families = MetricFamily.merged(metrics.metrics()).filter { wanted?.contains($0.name) ?? true }
            let time = Double(now() / 1_000_000) / 1000
            let document = StateDocument(time: time, readiness: readiness.readiness(), families: families)
            return AdminResponse(
                status: 200,
                contentType: "application/json",
                body: document.bytes + [UInt8(ascii: "\n")]
            )
        }
    }
}
