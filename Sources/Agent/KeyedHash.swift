import Crypto
import RecordPath
import Settings

/// The `hash` action's digests: HMAC-SHA-256 under the operator's key, the detector's type as domain.
struct KeyedHash: KeyedHasher {
    let keyID: String
    private let key: SymmetricKey

    /// Takes a key; its id is made of it, so that a new key shows in new tags.
    init(key secret: Secret) {
        let bytes = Array(secret.value.utf8)
        key = SymmetricKey(data: bytes)
        let digest = Array(SHA256.hash(data: Array("martlet key id".utf8) + bytes))
        let number = digest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
        keyID = "k" + String(number, radix: 36)
    }

    func digest(type: String, value: UnsafeRawBufferPointer) -> UInt64 {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array(type.utf8))
        code.update(data: [0])
        code.update(data: value)
        return code.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
