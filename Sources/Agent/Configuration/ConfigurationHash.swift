/// A short hash of a configuration's bytes (FNV-1a, 64 bits): tells versions apart, keeps no secret.
enum ConfigurationHash {
    static func text(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
