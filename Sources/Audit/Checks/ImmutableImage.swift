extension Check {
    /// What was tested is what runs, tomorrow too.
    static let immutableImage = Check(
        "immutable-image",
        .high,
        "Runs an image that its reference will always mean",
        why: "A tag that moves makes a restart a deployment that nobody decided on, and a rollback impossible.",
        mend: "image: registry.example.com/app:1.4.2@sha256:…, or a tag for each build",
        references: ["A-1.2.1", "A-2.1.1"]
    ) { container in
        let reference = ImageReference(container.config.Image.text ?? "")
        switch reference.firmness {
        case .digest: return .pass("Config.Image names a digest")
        case .latest: return .finding("Config.Image", "is \(reference.text): latest, whatever that is then")
        case .moving:
            return .finding("Config.Image", "is \(reference.text): the tag names no build and can move", .medium)
        case .build: break
        }
        let now = container.image.Id.text
        if let now, let then = container.inspect.Image.text, now != then {
            return .finding("Image", "is no longer what \(reference.text) means: the tag has moved", .medium)
        }
        return .pass("Config.Image is \(reference.text)")
    }
}
