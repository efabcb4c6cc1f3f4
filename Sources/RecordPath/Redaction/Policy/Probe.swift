/// What to do where a literal anchor stands: plain data, so that a candidate costs no reference counting.
struct Probe {
    var form: ProbeForm
    var rules: TokenVerifier.Rules
    var literalCount: UInt8
    /// Elements of the token's pattern in `PolicyTables.elements`.
    var elementCount: UInt8
    var firstElement: UInt16
    /// Index into the policy's detectors; for key operators unused.
    var detector: UInt16
}

/// What a key rule does with a value: plain data, for the same reason.
struct KeyHandling {
    var treatment: KeyRule.Treatment
    var shape: KeyRule.Shape
    var contents: KeyRule.Contents
}

/// The detectors behind shapes; `off` where one is switched off.
struct ShapeProbes {
    static let off: UInt16 = .max

    var email = off
    var urlPassword = off
    var card = off
    var phoneGroups = off
    var iban = off
    var ssn = off
    var nationalID = off
    var ipv4 = off
    var ipv6 = off
    var mac = off
    var appAccessToken = off
    /// Found by its literal; known here because its lines may come one by one.
    var privateKey = off

    /// Enters a detector under its form.
    mutating func set(_ form: ProbeForm, _ detector: UInt16) {
        switch form {
        case .email: email = detector
        case .urlPassword: urlPassword = detector
        case .card: card = detector
        case .phoneGroups: phoneGroups = detector
        case .iban: iban = detector
        case .ssn: ssn = detector
        case .nationalID: nationalID = detector
        case .ipv4: ipv4 = detector
        case .ipv6: ipv6 = detector
        case .mac: mac = detector
        case .appAccessToken: appAccessToken = detector
        case .privateKey: privateKey = detector
        default: break
        }
    }
}
