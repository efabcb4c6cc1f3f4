/// Where the walk over an object or array under a sensitive key is.
struct LeafPlace {
    private var nesting = 0
    /// From which depth on all belongs to a harmless property.
    private var keptNesting = Int.max
    /// From which depth on all belongs to a key that is sensitive itself.
    private var ownNesting = Int.max
    /// Whether the last key was one that only has to do with the subject.
    private var isLoose = false
    /// The rule of the last key, if that is sensitive itself.
    private(set) var own: Int?
    /// Behind the key of a harmless property, and in what that holds.
    private(set) var isKept = false

    /// Whether only what looks like a secret is one here.
    var needsOpaque: Bool { isLoose && ownNesting == .max }

    mutating func pass(own: Int?, isHarmless: Bool, isLoose: Bool) {
        self.own = own
        self.isLoose = isLoose
        isKept = own == nil && (keptNesting != .max || isHarmless)
    }

    mutating func open() {
        nesting += 1
        if isKept { keptNesting = min(keptNesting, nesting) }
        guard own != nil else { return }
        ownNesting = min(ownNesting, nesting)
        keptNesting = .max
    }

    /// Returns whether that was the end of the whole.
    mutating func close() -> Bool {
        nesting -= 1
        if nesting < keptNesting { keptNesting = .max }
        if nesting < ownNesting { ownNesting = .max }
        own = nil
        isKept = keptNesting != .max
        return nesting <= 0
    }
}
