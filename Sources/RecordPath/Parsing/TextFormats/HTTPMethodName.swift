/// The request methods that a text may name.
package enum HTTPMethodName {
    private static let names: [StaticString] = [
        "get", "post", "put", "delete", "head", "options", "patch", "connect", "trace", "propfind", "proppatch",
        "mkcol", "copy", "move", "lock", "unlock", "report", "search", "purge", "acl", "checkout", "merge", "query",
    ]

    /// Whether a text is a method in capitals.
    package static func isKnown(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 3, count <= 9, ASCII.isUpper(text[0]), ASCII.isUpper(text[count - 1]) else { return false }
        for name in names where ASCII.equal(text, count, ignoringCase: name) { return true }
        return false
    }
}
