extension AuthOptions {
    /// Reads `auth` of an output: `{basic: {user: …, password: …}}` or `{bearer: …}`.
    package init(reading reader: ConfigurationReader) {
        let basic = reader.child("basic")
        let bearer = reader.secret("bearer")
        let pair = basic.isPresent ? Self.basic(basic) : nil
        if basic.isPresent, bearer != nil {
            reader.report("bearer", "stands beside `basic`", "keep one of the two")
        }
        if let pair {
            self = pair
        } else if let bearer {
            self = .bearer(bearer)
        } else {
            self = .none
        }
        if reader.keys.isEmpty, reader.isPresent {
            reader.reportSelf("names no way to authenticate", "write `basic` or `bearer`, or remove the key")
        }
    }

    private static func basic(_ reader: ConfigurationReader) -> AuthOptions? {
        let user = reader.requiredString("user", "write the user's name")
        let password = reader.requiredSecret("password", "write it, best as `${file:/run/secrets/…}`")
        guard let user, let password else { return nil }
        guard !user.contains(":"), !user.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            reader.report("user", "contains a colon or a control character", "HTTP allows neither in a user's name")
            return nil
        }
        return .basic(user: user, password: password)
    }
}
