internal import CScan

/// CRC-32C (Castagnoli), eight bytes a step: by the processor's instruction where it has one (8 GB/s), else by tables.
///
/// The plain algorithm takes a byte a step through one table of 256 entries; with eight tables, each for a byte
/// that lies one further back, eight bytes go in one step (1.6 GB/s instead of 0.4).
package struct CRC32C: Sendable {
    private var register: UInt32

    /// Begins a sum; files have a random salt, so that their contents cannot be forged by whoever writes a log line.
    package init(salt: UInt64 = 0) {
        register = ~0 ^ UInt32(truncatingIfNeeded: salt) ^ UInt32(truncatingIfNeeded: salt >> 32)
    }

    /// The sum of everything that was added.
    package var value: UInt32 { ~register }

    /// Adds bytes.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        if Self.isFast {
            register = martlet_crc32c(register, bytes.baseAddress, bytes.count)
        } else {
            addByTables(bytes)
        }
    }

    /// The same without the processor's instruction.
    package mutating func addByTables(_ bytes: UnsafeRawBufferPointer) {
        register = Self.tables.withUnsafeBufferPointer { tables in
            guard let table = tables.baseAddress else { return register }
            return Self.sum(bytes, register, table)
        }
    }

    /// `table` has 8 × 256 entries.
    private static func sum(_ bytes: UnsafeRawBufferPointer, _ start: UInt32, _ table: UnsafePointer<UInt32>) -> UInt32
    {
        var crc = start
        var index = 0
        while index &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) ^ UInt64(crc)
            crc = 0
            for byte in 0..<8 {
                crc ^= table[(7 &- byte) &* 256 &+ Int(word >> UInt64(byte &* 8) & 0xFF)]
            }
            index &+= 8
        }
        while index < bytes.count {
            crc = table[Int((crc ^ UInt32(bytes[index])) & 0xFF)] ^ (crc >> 8)
            index &+= 1
        }
        return crc
    }

    private static let isFast = martlet_crc32c_is_fast()

    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for index in 0..<256 {
            var crc = UInt32(index)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
            tables[index] = crc
        }
        for index in 256..<tables.count {
            let before = tables[index - 256]
            tables[index] = tables[Int(before & 0xFF)] ^ (before >> 8)
        }
        return tables
    }()
}
