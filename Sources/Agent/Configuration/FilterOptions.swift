import RecordPath
import Settings

/// `filter`: records that no output gets, after signals and SLOs have counted them.
package struct FilterOptions: Sendable {
    /// More rules than this cost every record too much.
    private static let maximumRules = 64

    /// A record for which one of these holds is dropped.
    package var drops: [Expression] = []

    /// Reads the list of rules at `filter` of the whole configuration.
    init(reading root: ConfigurationReader, attributes: inout AttributeNames) {
        let rules = root.children("filter")
        if rules.count > Self.maximumRules {
            root.report("filter", "more than \(Self.maximumRules) rules", "join some with `or`")
        }
        for rule in rules.prefix(Self.maximumRules) {
            if let drop = Expression(reading: "drop", of: rule, attributes: &attributes) {
                drops.append(drop)
            } else if !rule.keys.contains("drop") {
                rule.reportSelf("says nothing about what is dropped", "write {drop: 'route == \"/healthz\"'}")
            }
        }
    }
}
