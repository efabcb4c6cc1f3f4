/// The dashboard that shows what an alert is about.
package struct DashboardLink: Sendable, Equatable {
    let uid: String
    /// Variables of the dashboard and the labels of the alert that they get.
    var variables: [Variable] = []

    struct Variable: Sendable, Equatable {
        let name: String
        let label: String
    }

    static let overview = DashboardLink(uid: "martlet-overview")
    static let slo = DashboardLink(uid: "martlet-slo")
    static let sloDetail = DashboardLink(
        uid: "martlet-slo-detail",
        variables: [Variable(name: "service", label: "sloth_service"), Variable(name: "slo", label: "sloth_slo")]
    )
    static let service = DashboardLink(
        uid: "martlet-service",
        variables: [Variable(name: "service", label: "service")]
    )
    static let privacy = DashboardLink(uid: "martlet-privacy")
    static let readiness = DashboardLink(uid: "martlet-readiness")
    static let agent = DashboardLink(uid: "martlet-agent")
    /// The agent's dashboard for the instance that the alert is about.
    static let instance = DashboardLink(
        uid: "martlet-agent",
        variables: [Variable(name: "instance", label: "instance")]
    )

    /// The address.
    func message(_ places: Places) -> Message {
        var pieces: [Message.Piece] = [.words("\(places.grafana)/d/\(uid)")]
        for (index, variable) in variables.enumerated() {
            pieces.append(.words("\(index == 0 ? "?" : "&")var-\(variable.name)="))
            pieces.append(.label(variable.label))
        }
        return Message(pieces)
    }
}
