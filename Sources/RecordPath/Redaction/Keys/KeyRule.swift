/// What happens to the values of sensitive keys of one kind.
package struct KeyRule: Sendable, Equatable {
    /// How a value is taken.
    enum Treatment: UInt8, Sendable {
        /// The whole value goes.
        case whole
        /// `Bearer x`: the scheme stays.
        case authorization
        /// `a=1; b=2`: names stay, and the values of names known to be harmless.
        case cookie
        /// The value of a pair `{"name": …, "value": …}`: what its neighbour names decides.
        case pair
    }

    /// What an object under such a key holds.
    enum Contents: UInt8, Sendable {
        /// What it says, whatever the name: cookies.
        case names
        /// Secrets, and what describes them.
        case secrets
        /// A thing with properties, not all of which are secret; its id is public.
        case thing
        /// A thing whose id is the secret.
        case session
        /// Whatever has to do with the subject; only what looks like a secret is one.
        case namespace
    }

    /// What a value must look like to be worth hiding; everything passes `anything`.
    enum Shape: UInt8, Sendable {
        case anything
        /// At least 8 bytes.
        case long
        /// No constant of a program, such as `NOT_SET`.
        case made
        /// Anything without a UUID in it.
        case otherThanUUID
        /// At least 16 bytes, no blank, no bracket, no words and no number.
        case opaque
        /// No constant, no name of a way to authenticate, of a host or of a type.
        case credential
        /// 3 or 4 digits.
        case cvv
        /// 4 to 8 digits.
        case pin
        /// 4 to 10 letters and digits, one digit at least; separators may stand between.
        case oneTimeCode
        /// A date `MM/YY`, `MM/YYYY`, `YYYY-MM`.
        case expiry
        /// 8 to 19 digits, or a part of them masked.
        case cardNumber
        /// At least 5 letters and digits, a digit among them, no more than 24.
        case idNumber
        /// 7 to 15 digits with what people put between them.
        case phone
        /// Something with an `@`, or its escaped form.
        case email
        /// Four digits at least.
        case date
    }

    /// Names the rule in tags and counters: `password` is counted as `key:password`.
    package let name: String
    let treatment: Treatment
    let shape: Shape
    let group: DetectorGroup
    let isOnByDefault: Bool
    let contents: Contents
    /// Words that make a key sensitive wherever they stand in it, written as one: `api key` is `apikey`.
    let anywhere: [String]
    /// Words that do so only at the key's end.
    let atEnd: [String]
    /// Distinctive enough to be found inside a longer word: `PGPASSWORD`, `dbpassword`.
    let inside: [String]

    init(
        _ name: String,
        _ group: DetectorGroup,
        anywhere: [String] = [],
        atEnd: [String] = [],
        inside: [String] = [],
        shape: Shape = .anything,
        treatment: Treatment = .whole,
        isOnByDefault: Bool = true,
        contents: Contents = .secrets
    ) {
        self.name = name
        self.group = group
        self.anywhere = anywhere
        self.atEnd = atEnd
        self.inside = inside
        self.shape = shape
        self.treatment = treatment
        self.isOnByDefault = isOnByDefault
        self.contents = contents
    }
}

/// The groups that a configuration can name.
package enum DetectorGroup: String, CaseIterable, Sendable {
    case pii, secrets, network
}
