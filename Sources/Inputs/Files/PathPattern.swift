/// A pattern for paths: `*` and `?` stay within one folder, `[a-z]` and `[!x]` are one character, `**` as a whole
/// component is any number of folders, a backslash takes the next character as it is.
///
/// As in a shell, a wildcard does not match a leading dot.
package struct PathPattern: Sendable, Equatable {
    /// One component of the pattern.
    package enum Component: Sendable, Equatable {
        /// Matches this name only.
        case name(String)
        /// Matches names by characters.
        case pattern([Element])
        /// `**`: any number of folders, also none.
        case anyFolders
    }

    /// One step of a component's pattern.
    package enum Element: Sendable, Equatable {
        case character(Unicode.Scalar)
        case anyCharacter
        case anyCharacters
        case oneOf(ranges: [ClosedRange<Unicode.Scalar>], negated: Bool)
    }

    /// The pattern starts at the root.
    package let isAbsolute: Bool
    package let components: [Component]

    /// Compiles a pattern.
    ///
    /// There are no invalid ones: an unclosed bracket is an ordinary character.
    package init(_ pattern: String) {
        isAbsolute = pattern.hasPrefix("/")
        components = pattern.split(separator: "/").filter { $0 != "." }.map(Self.component)
    }

    /// Whether a whole path matches.
    ///
    /// A pattern of one component is compared with the last component alone.
    package func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/").filter { $0 != "." }
        guard isAbsolute || components.count > 1 else {
            guard let component = components.first, let last = names.last else { return false }
            return component == .anyFolders || Self.matches(component, String(last))
        }
        guard isAbsolute == path.hasPrefix("/") else { return false }
        return Self.matches(components[...], names[...])
    }

    /// Whether one component matches a name.
    package static func matches(_ component: Component, _ name: String) -> Bool {
        switch component {
        case .name(let own): return own == name
        case .anyFolders: return !name.hasPrefix(".")
        case .pattern(let elements): return matches(elements, Array(name.unicodeScalars))
        }
    }

    /// Like the matching of characters below: only the last `**` is ever tried again, so time stays bounded.
    private static func matches(_ pattern: ArraySlice<Component>, _ names: ArraySlice<Substring>) -> Bool {
        var (pattern, names) = (pattern, names)
        var retry: (pattern: ArraySlice<Component>, names: ArraySlice<Substring>)?
        while true {
            if let component = pattern.first {
                if component == .anyFolders {
                    pattern = pattern.dropFirst()
                    retry = (pattern, names)
                    continue
                }
                if let name = names.first, matches(component, String(name)) {
                    pattern = pattern.dropFirst()
                    names = names.dropFirst()
                    continue
                }
            } else if names.isEmpty {
                return true
            }
            guard let last = retry, let skipped = last.names.first, !skipped.hasPrefix(".") else { return false }
            pattern = last.pattern
            names = last.names.dropFirst()
            retry = (pattern, names)
        }
    }

    /// Only the last star is ever tried again, so time is at most the product of the two lengths.
    private static func matches(_ pattern: [Element], _ name: [Unicode.Scalar]) -> Bool {
        if name.first == ".", pattern.first != .character(".") { return false }
        var (p, n) = (0, 0)
        var retry: (p: Int, n: Int)?
        while n < name.count || p < pattern.count {
            if p < pattern.count, pattern[p] == .anyCharacters {
                retry = (p, n)
                p += 1
            } else if p < pattern.count, n < name.count, matches(pattern[p], name[n]) {
                p += 1
                n += 1
            } else if let last = retry, last.n < name.count {
                retry = (last.p, last.n + 1)
                p = last.p + 1
                n = last.n + 1
            } else {
                return false
            }
        }
        return true
    }

    private static func matches(_ element: Element, _ character: Unicode.Scalar) -> Bool {
        switch element {
        case .character(let own): return own == character
        case .anyCharacter, .anyCharacters: return true
        case .oneOf(let ranges, let negated): return ranges.contains { $0.contains(character) } != negated
        }
    }
}
