/// The `redact:` section of the configuration.
package struct RedactionOptions: Sendable, Equatable {
    /// One rule of the user: a pattern of their own, or another action for a detector, or for one service only.
    package struct Rule: Sendable, Equatable {
        /// Names the rule in tags and counters.
        package var name: String
        /// RE2 syntax; nil where the rule speaks about built-in detectors.
        package var pattern: String?
        /// Built-in detectors (or groups) whose action this rule sets, `key:` rules included.
        package var detectors: [String]
        /// What becomes of a match; nil: the policy's action.
        package var action: RedactionAction?
        /// Services it holds for, globs allowed; empty: all.
        package var services: [String]

        /// Makes a rule.
        package init(
            name: String,
            pattern: String? = nil,
            detectors: [String] = [],
            action: RedactionAction? = nil,
            services: [String] = []
        ) {
            self.name = name
            self.pattern = pattern
            self.detectors = detectors
            self.action = action
            self.services = services
        }
    }

    /// Detectors that are on: `default`, names, groups (`pii`, `secrets`, `network`, `all`), `-name` to leave one out.
    package var detectors: [String]
    /// Key rules that are on, the same way; a text with `*`, or one that is no rule's name, is a key of the user's own.
    package var keys: [String]
    /// Values that stay: literal, or `re:PATTERN` (searched in the value), or `DETECTOR=` before either.
    package var allow: [String]
    package var numbers: NumberRedaction
    package var action: RedactionAction
    package var rules: [Rule]

    /// Makes options; the defaults are those of an absent section.
    package init(
        detectors: [String] = ["default"],
        keys: [String] = ["default"],
        allow: [String] = [],
        numbers: NumberRedaction = .string,
        action: RedactionAction = .tag,
        rules: [Rule] = []
    ) {
        self.detectors = detectors
        self.keys = keys
        self.allow = allow
        self.numbers = numbers
        self.action = action
        self.rules = rules
    }
}
