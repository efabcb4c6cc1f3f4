extension AdminRoute {
    /// `/healthz`: 200 as long as the process can answer.
    package static var health: AdminRoute {
        AdminRoute("/healthz", .open) { _ in .json(200, ["status": "ok"]) }
    }

    /// `/readyz`: 200, or 503 with what is wrong.
    package static func readiness(_ source: any ReadinessSource) -> AdminRoute {
        AdminRoute("/readyz", .open) { _ in
            let readiness = source.readiness()
            return .json(
                readiness.isReady ? 200 : 503,
                ["ready": .bool(readiness.isReady), "problems": readiness.problemsValue]
            )
        }
    }

    /// `/metrics`, in the format and encoding that the scraper asks for.
    ///
    /// A page that is being sent holds what it shows; of many there are `pages` at a time at most.
    package static func metrics(
        _ source: any MetricsSource,
        pages: Int = 4,
        compress: Exposition.Compress? = nil
    ) -> AdminRoute {
        let turns = PageTurns(max: pages)
        return AdminRoute("/metrics", .open) { request in
            guard let turn = turns.take() else {
                return .refusal(503, "too many pages are being sent", headers: [("Retry-After", "1")])
            }
            let exposition = Exposition(
                of: source.metrics(),
                accept: request.header("accept"),
                acceptEncoding: request.header("accept-encoding"),
                compress: compress
            )
            var headers = [(name: "Vary", value: "Accept, Accept-Encoding")]
            if let encoding = exposition.contentEncoding { headers.append(("Content-Encoding", encoding)) }
            return AdminResponse(
                status: 200,
                contentType: exposition.contentType,
                pieces: BodyPieces { withExtendedLifetime(turn) { exposition.pieces.next() } },
                headers: headers
            )
        }
    }
}

extension Readiness {
    /// The problems as they stand in `/readyz` and in the page's state.
    var problemsValue: JSONValue {
        .array(
            problems.map { ["component": .string($0.component), "problem": .string($0.problem)] }
        )
    }
}
