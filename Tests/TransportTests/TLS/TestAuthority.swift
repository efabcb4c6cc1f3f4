import Crypto

/// A certificate authority that lives for one test, so that no key has to be kept anywhere.
struct TestAuthority {
    private let key = P256.Signing.PrivateKey()
    private let name: String

    /// Makes an authority.
    init(name: String) {
        self.name = name
    }

    /// Its own certificate, PEM.
    var certificate: String {
        Self.pem(Self.certificate(of: key, name: name, issuer: name, by: key, Self.isAuthority))
    }

    /// A certificate for an address and its private key, PEM.
    func issue(
        name: String,
        address: [UInt8] = [127, 0, 0, 1],
        until end: String = farEnd
    ) -> (certificate: String, key: String) {
        let leaf = P256.Signing.PrivateKey()
        let subject = Self.tlv(
            0x30,
            [0x06, 0x03, 0x55, 0x1D, 0x11] + Self.tlv(0x04, Self.tlv(0x30, Self.tlv(0x87, address)))
        )
        let certificate = Self.certificate(of: leaf, name: name, issuer: self.name, by: key, subject, until: end)
        return (Self.pem(certificate), leaf.pemRepresentation)
    }

    // MARK: X.509 in DER

    private static let ecdsaWithSHA256 = tlv(0x30, [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02])
    /// The extension basicConstraints, critical, cA true.
    private static let isAuthority = tlv(
        0x30,
        [0x06, 0x03, 0x55, 0x1D, 0x13, 0x01, 0x01, 0xFF] + tlv(0x04, tlv(0x30, [0x01, 0x01, 0xFF]))
    )
    /// From 2000 to 2099, whatever the clock of the host says.
    static let farEnd = "20991231235959Z"

    private static func validity(until end: String) -> [UInt8] {
        tlv(0x30, tlv(0x17, Array("000101000000Z".utf8)) + tlv(0x18, Array(end.utf8)))
    }

    private static func certificate(
        of key: P256.Signing.PrivateKey,
        name: String,
        issuer: String,
        by authority: P256.Signing.PrivateKey,
        _ addition: [UInt8],
        until end: String = farEnd
    ) -> [UInt8] {
        var body = tlv(0xA0, [0x02, 0x01, 0x02]) + [0x02, 0x02, 0x01, UInt8.random(in: 0...255)] + ecdsaWithSHA256
        body += distinguishedName(issuer) + validity(until: end) + distinguishedName(name)
        body += Array(key.publicKey.derRepresentation) + tlv(0xA3, tlv(0x30, addition))
        let signed = tlv(0x30, body)
        guard let signature = try? authority.signature(for: signed) else { preconditionFailure("no signature") }
        return tlv(0x30, signed + ecdsaWithSHA256 + tlv(0x03, [0] + Array(signature.derRepresentation)))
    }

    private static func distinguishedName(_ name: String) -> [UInt8] {
        tlv(0x30, tlv(0x31, tlv(0x30, [0x06, 0x03, 0x55, 0x04, 0x03] + tlv(0x0C, Array(name.utf8)))))
    }

    private static func tlv(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        switch contents.count {
        case ..<0x80: [tag, UInt8(contents.count)] + contents
        case ..<0x100: [tag, 0x81, UInt8(contents.count)] + contents
        default: [tag, 0x82, UInt8(contents.count >> 8), UInt8(contents.count & 0xFF)] + contents
        }
    }

    private static func pem(_ der: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: der.count, by: 3) {
            let part = Array(der[start..<min(start + 3, der.count)])
            let group = (part + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
            for place in 0..<4 {
                text.append(place <= part.count ? digits[group >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        let lines = stride(from: 0, to: text.count, by: 64).map {
            String(decoding: text[$0..<min($0 + 64, text.count)], as: UTF8.self)
        }
        return (["-----BEGIN CERTIFICATE-----"] + lines + ["-----END CERTIFICATE-----", ""]).joined(separator: "\n")
    }
}
