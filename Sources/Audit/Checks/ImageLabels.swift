extension Check {
    /// Which commit runs, and where its source is.
    static let imageLabels = Check(
        "image-labels",
        .low,
        "Says which commit of which repository it was built from",
        why: "In an incident the first question is what changed; without the revision nobody can look.",
        mend: "docker build --label org.opencontainers.image.revision=$(git rev-parse HEAD) "
            + "--label org.opencontainers.image.source=https://…",
        references: ["A-2.1.2"]
    ) { container in
        let missing = ["revision", "source"].filter {
            (container.config.Labels["org.opencontainers.image.\($0)"].text ?? "").isEmpty
        }
        guard missing.isEmpty else {
            let names = missing.map { "org.opencontainers.image.\($0)" }
            return .finding("Config.Labels", "lacks \(names.joined(separator: " and "))")
        }
        return .pass("Config.Labels has revision and source")
    }
}
