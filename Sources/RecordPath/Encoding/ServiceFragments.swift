/// `,"service.name":"…"` of every service, encoded when it is first used.
struct ServiceFragments: ~Copyable {
    private var ranges: [Range<Int>] = []
    private var text = Arena(capacity: 4096)

    /// The most bytes that `write` writes.
    static let maximumBytes = 8 * 1024

    @inline(__always) mutating func write(_ service: UInt32, _ names: borrowing NameTable, to pen: inout Pen) {
        let index = Int(service)
        if index >= ranges.count || ranges[index].isEmpty { add(index, names) }
        let range = ranges[index]
        pen.put(UnsafePointer(text.base) + range.lowerBound, range.count)
    }

    @inline(never) private mutating func add(_ service: Int, _ names: borrowing NameTable) {
        while ranges.count <= service { ranges.append(0..<0) }
        let start = text.count
        text.append(",\"service.name\":")
        text.appendQuoted(DocumentSource.cut(names.name(UInt32(service))))
        ranges[service] = start..<text.count
    }
}
