/// What a container's image was named by.
struct ImageReference: Equatable {
    /// How far a reference always means the same image.
    enum Firmness: Equatable {
        /// A digest or an image's id.
        case digest
        /// A tag that names one build: a full version, a commit, a date.
        case build
        /// A tag that moves: `1.2`, `stable`.
        case moving
        /// `latest`, written or meant.
        case latest
    }

    let text: String
    /// Nil where there is none.
    let tag: String?
    let firmness: Firmness

    init(_ text: String) {
        self.text = text
        let (named, tag) = Self.split(text)
        self.tag = tag
        if text.contains("@sha256:") || text.hasPrefix("sha256:") || Self.isID(text) {
            firmness = .digest
        } else if let tag, tag != "latest", !tag.hasPrefix("latest-"), !named.isEmpty {
            firmness = Self.namesOneBuild(tag) ? .build : .moving
        } else {
            firmness = .latest
        }
    }

    /// The colon behind the last slash begins the tag; one before it a registry's port.
    private static func split(_ text: String) -> (name: Substring, tag: String?) {
        let bare = text.prefix { $0 != "@" }
        let last = bare.lastIndex(of: "/") ?? bare.startIndex
        guard let colon = bare[last...].firstIndex(of: ":") else { return (bare, nil) }
        return (bare[..<colon], String(bare[bare.index(after: colon)...]))
    }

    private static func isID(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy(isHexadecimal)
    }

    /// Whether some part of a tag is a full version (`1.27.3`), a commit (`g3f9ac01`) or a date (`20260131`).
    private static func namesOneBuild(_ tag: String) -> Bool {
        tag.split { $0 == "-" || $0 == "_" || $0 == "+" }.contains { part in
            let numbers = (part.first == "v" ? part.dropFirst() : part).split(separator: ".")
            if numbers.count >= 3, numbers.prefix(2).allSatisfy({ $0.allSatisfy(\.isNumber) }) { return true }
            let commit = part.first == "g" && part.count > 7 ? part.dropFirst() : part
            return commit.utf8.count >= 7 && commit.utf8.allSatisfy(isHexadecimal) && commit.contains(where: \.isNumber)
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
