/// The attributes that the expressions of one configuration name, each as a small number.
///
/// A worker looks up each path once in its key table and from then on compares numbers.
package struct AttributeNames: Sendable, Equatable {
    /// Dotted paths, without `attributes.`; the index is the number.
    package private(set) var paths: [String] = []

    /// Makes an empty table.
    package init() {}

    /// The number of a path, new or known; nil beyond `ExpressionLimits.attributes`.
    mutating func number(of path: String) -> Int? {
        if let known = paths.firstIndex(of: path) { return known }
        guard paths.count < ExpressionLimits.attributes else { return nil }
        paths.append(path)
        return paths.count - 1
    }
}
