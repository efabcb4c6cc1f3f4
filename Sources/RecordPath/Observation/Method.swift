/// Request methods as small numbers.
enum Method {
    /// The index in `GoldenSignals.methods`; the last one for what is no method.
    @inline(__always) static func index(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        guard count > 0, count <= 8 else { return 9 }
        switch Bytes.prefix64(p, count) & 0xDFDF_DFDF_DFDF_DFDF {
        case 0x544547: return 0
        case 0x4441_4548: return 1
        case 0x5453_4F50: return 2
        case 0x545550: return 3
        case 0x48_4354_4150: return 4
        case 0x4554_454C_4544: return 5
        case 0x53_4E4F_4954_504F: return 6
        case 0x54_4345_4E4E_4F43: return 7
        case 0x45_4341_5254: return 8
        default: return 9
        }
    }
}
