import Audit
import Testing

/// Images and their labels.
@Suite struct ArtefactCheckTests {
    private static let sound = Sample.sound

    static let rows: [Judgement] =
        [
            .finding("image-labels", "revision and org.opencontainers.image.source", .low, Sample.careless),
            .finding(
                "image-labels",
                "lacks org.opencontainers.image.source",
                .low,
                sound.with("Config.Labels", .json(#"{"org.opencontainers.image.revision": "3f9ac01"}"#))
            ),
            .finding("immutable-image", "the tag has moved", .medium, sound.with("Image", .text("sha256:0000"))),
        ] + latest.map { image($0, .high) } + moving.map { image($0, .medium) } + firm.map { firmImage($0) }

    private static let latest = [
        "app", "app:latest", "localhost:5000/app", "registry.example.com/team/app:latest-debug",
    ]
    private static let moving = [
        "app:stable", "app:1", "app:1.27", "app:1.27-alpine", "app:main", "localhost:5000/app:test",
    ]
    private static let firm = [
        "app:1.27.3", "app:v1.27.3-alpine3.20", "app:3f9ac01", "app:main-3f9ac01b", "app:20260131",
        "localhost:5000/app:2.0.0-rc.1", "app@sha256:4bd99d0fbde32c1c4edf85d37dbc84f869d458d3a032da94e413af84aa448625",
        "app:latest@sha256:4bd99d0fbde32c1c4edf85d37dbc84f869d458d3a032da94e413af84aa448625",
        "sha256:4bd99d0fbde32c1c4edf85d37dbc84f869d458d3a032da94e413af84aa448625",
    ]

    @Test("Each finding has its cause, and nothing else has", arguments: rows)
    func judges(_ row: Judgement) throws { try row.expectItHolds() }

    private static func image(_ reference: String, _ severity: Severity) -> Judgement {
        .finding("immutable-image", "Config.Image is \(reference)", severity, named(reference))
    }

    private static func firmImage(_ reference: String) -> Judgement {
        .other("immutable-image", "pass", "Config.Image", named(reference))
    }

    private static func named(_ reference: String) -> ContainerEvidence {
        sound.with("Config.Image", .text(reference))
    }
}
