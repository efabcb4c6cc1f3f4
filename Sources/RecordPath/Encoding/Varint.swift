/// A protobuf varint (base 128, least significant group first) of a number below 2^35, made without a loop.
struct Varint {
    /// The first byte is the lowest.
    let bytes: UInt64
    let count: Int

    /// Lengths, and seconds and nanoseconds from 1970 on, are below 2^35.
    @inline(__always) init(_ value: UInt64) {
        // Seven bits of the number to each byte.
        var spread = value & 0x7F | (value & 0x3F80) &<< 1
        spread |= (value & 0x1F_C000) &<< 2 | (value & 0xFE0_0000) &<< 3 | (value & 0x7_F000_0000) &<< 4
        let bits = 64 &- (value | 1).leadingZeroBitCount
        count = (bits &* 9 &+ 64) &>> 6
        // All bytes but the last say that another one follows.
        bytes = spread | 0x8080_8080_8080_8080 & ((1 &<< UInt64(truncatingIfNeeded: count &* 8 &- 8)) &- 1)
    }

    @inline(__always) init(_ count: Int) { self.init(UInt64(truncatingIfNeeded: count)) }
}
