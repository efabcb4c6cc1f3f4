extension DetectorGroup {
    /// The group of a detector or key rule by the name under which it counts; a user's own rules look for what the
    /// user holds to be personal.
    package init(ofDetector name: String) {
        if name.hasPrefix("key:") {
            self = KeyRule.catalogue.first { $0.name == name.dropFirst(4) }?.group ?? .pii
        } else {
            self = Detector.catalogue.first { $0.name == name }?.group ?? .pii
        }
    }
}
