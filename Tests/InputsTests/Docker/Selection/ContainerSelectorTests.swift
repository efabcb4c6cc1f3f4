import Inputs
import Testing

@Suite("A container selector")
struct ContainerSelectorTests {
    private let api = ContainerDetails(
        id: String(repeating: "a", count: 64),
        name: "shop-api-1",
        image: "registry:5000/shop/api:1.2",
        labels: ["team": "payments", "empty": ""]
    )

    private func label(_ text: String) -> ContainerPattern { ContainerPattern(label: .init(text)) }

    @Test("takes every container when nothing is said")
    func standard() { #expect(ContainerSelector().selects(api)) }

    @Test("takes what any pattern includes and no pattern excludes")
    func excludeWins() {
        let byName = ContainerPattern(name: Glob("shop-*"))
        let other = ContainerPattern(name: Glob("db"))
        #expect(ContainerSelector(include: [other, byName]).selects(api))
        #expect(!ContainerSelector(include: [other]).selects(api))
        #expect(!ContainerSelector(include: [byName], exclude: [label("team=pay*")]).selects(api))
        #expect(ContainerSelector(exclude: [other, label("team=search")]).selects(api))
    }

    @Test(
        "finds an image with and without its tag",
        arguments: [
            ("*/api", true), ("*/api:1.*", true), ("registry:5000/shop/api", true), ("api", false), ("*:2", false),
        ]
    )
    func images(pattern: String, fits: Bool) {
        #expect(ContainerSelector(include: [ContainerPattern(image: Glob(pattern))]).selects(api) == fits)
    }

    @Test(
        "finds labels by key or by value",
        arguments: [("team", true), ("empty", true), ("empty=", true), ("team=", false), ("tea", false)]
    )
    func labels(pattern: String, fits: Bool) {
        #expect(ContainerSelector(include: [label(pattern)]).selects(api) == fits)
    }

    @Test("wants everything that one pattern names")
    func conjunction() {
        let both = ContainerPattern(name: Glob("shop-*"), label: .init("team=search"))
        #expect(!ContainerSelector(include: [both]).selects(api))
        #expect(!ContainerSelector(include: [ContainerPattern()]).selects(api))
    }

    @Test("never takes Martlet itself, nor what says that it must not be read")
    func itself() {
        #expect(!ContainerSelector(own: OwnContainer(id: api.id, shortID: nil)).selects(api))
        #expect(!ContainerSelector(own: OwnContainer(id: nil, shortID: String(repeating: "a", count: 12))).selects(api))
        #expect(ContainerSelector(own: OwnContainer(id: nil, shortID: "bbbbbbbbbbbb")).selects(api))
        var excluded = api
        excluded.labels["martlet.exclude"] = "true"
        #expect(!ContainerSelector(include: [ContainerPattern(name: Glob("*"))]).selects(excluded))
    }

    @Test("cuts tags and digests off images")
    func tags() {
        #expect(ContainerPattern.withoutTag("a/b@sha256:00") == "a/b")
        #expect(ContainerPattern.withoutTag("host:5000/b") == "host:5000/b")
        #expect(ContainerPattern.withoutTag("b:1@sha256:00") == "b")
    }

    @Test(
        "reads a service from labels, Martlet's own first",
        arguments: [
            (["com.docker.compose.service": "web", "martlet.service": "shop"], "shop"),
            (["com.docker.compose.service": "web", "service.name": "x"], "web"), (["service.name": "x"], "x"),
            (["martlet.service": ""], nil), ([:], nil),
        ] as [([String: String], String?)]
    )
    func services(labels: [String: String], service: String?) {
        var container = api
        container.labels = labels
        #expect(container.declaredService == service)
    }
}
