import Admin
import Objectives
import Settings

extension AdminRoute {
    /// How every SLO stands, on `/api/v1/slos`: `{"slos":[…]}`, or a table with `?format=text`.
    static func objectives(_ keeper: ObjectiveKeeper) -> AdminRoute {
        AdminRoute("/api/v1/slos", .token) { request in
            let standings = keeper.standings
            switch request.parameter("format") {
            case "text": return .text(200, ObjectiveTable(standings).text)
            case "lines":
                return .text(200, standings.map { $0.reading.json + "\n" }.joined(), type: "application/x-ndjson")
            default:
                let items = standings.map(\.reading.json).joined(separator: ",")
                return .text(200, "{\"slos\":[\(items)]}\n", type: "application/json")
            }
        }
    }

    /// Whether an SLO burns within what a deployment may cost, on `/api/v1/gate`: `?slo=NAME&window=10m&max_burn=1`.
    ///
    /// 200 with `"ok"` true or false; 404 where there is no such SLO, 400 for a wrong question.
    static func gate(_ keeper: ObjectiveKeeper) -> AdminRoute {
        AdminRoute("/api/v1/gate", .token) { request in
            guard let name = request.parameter("slo"),
                let window = DurationText.parse(request.parameter("window") ?? "10m"),
                let limit = ExactDecimal(parsing: request.parameter("max_burn") ?? "1"), limit.digits >= 0,
                window >= .seconds(15)
            else { return .refusal(400, "give slo, a window of at least 15s, and max_burn as a number") }
            let seconds = window.components.seconds
            let counts = keeper.counts(of: name, overSeconds: seconds)
            guard !counts.isEmpty else { return .refusal(404, "there is no SLO \(name)") }
            let verdict = GateVerdict(counts, limit: limit, window: DurationText.format(window))
            let isText = request.parameter("format") == "text"
            return isText
                ? .text(verdict.isOK ? 200 : 409, verdict.text)
                : .text(verdict.isOK ? 200 : 409, verdict.json + "\n", type: "application/json")
        }
    }
}

extension AdminResponse {
    /// Text of some kind.
    static func text(_ status: Int, _ text: String, type: String = "text/plain; charset=utf-8") -> AdminResponse {
        AdminResponse(status: status, contentType: type, body: Array(text.utf8))
    }
}
