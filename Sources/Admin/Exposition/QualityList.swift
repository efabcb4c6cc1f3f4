/// A header such as `Accept` or `Accept-Encoding`: names with a quality, in the order given.
enum QualityList {
    struct Item: Equatable {
        /// In lower case, without parameters.
        let name: String
        /// 0 (refused) to 1000.
        let quality: Int
    }

    /// At most this many items are looked at.
    static let itemsMax = 32

    static func parse(_ header: String) -> [Item] {
        header.split(separator: ",").prefix(itemsMax).compactMap { element in
            let parts = element.split(separator: ";", omittingEmptySubsequences: false).map(trim)
            guard let name = parts.first, !name.isEmpty else { return nil }
            return Item(name: name, quality: parts.dropFirst().lazy.compactMap(quality).first ?? 1000)
        }
    }

    /// The quality of one name, falling back on `*`; nil when the header names neither.
    static func quality(of name: String, in header: String) -> Int? {
        let items = parse(header)
        return (items.first { $0.name == name } ?? items.first { $0.name == "*" })?.quality
    }

    private static func trim(_ text: Substring) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = text.drop(while: isBlank)
        return String(start.prefix(start.count - start.reversed().prefix(while: isBlank).count)).lowercased()
    }

    /// `q=0.75` gives 750; what is no quality gives nil, and a broken one 0.
    private static func quality(_ parameter: String) -> Int? {
        guard parameter.hasPrefix("q=") else { return nil }
        let number = parameter.dropFirst(2).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = number.first.flatMap({ Int($0) }), (0...1).contains(whole) else { return 0 }
        guard number.count > 1 else { return whole * 1000 }
        let digits = number[1].prefix(3)
        guard digits.allSatisfy({ ("0"..."9").contains($0) }) else { return 0 }
        return min(1000, whole * 1000 + (Int(digits + repeatElement("0", count: 3 - digits.count)) ?? 0))
    }
}
