/// `,"service.name":"…"` of every service, encoded when it is first used.
struct ServiceFragments: ~Copyable {
    private var ranges: [Range<Int>] = []
    private var text = Arena(capacity: 4096)

    @inline(__always) mutating func write(
        _ service: UInt32,
        _ names: borrowing NameTable,
        to out: inout Arena
    ) {
        let index = Int(service)
        if index >= ranges.count || ranges[index].isEmpty { add(index, names) }
        let range = ranges[index]
        out.put(UnsafePointer(text.base) + range.lowerBound, range.count)
    }

    @inline(never) private mutating func add(_ service: Int, _ names: borrowing NameTable) {
        while ranges.count <= service { ranges.append(0..<0) }
        let start = text.count
        text.append(",\"service.name\":")
        text.appendQuoted(names.name(UInt32(service)))
        ranges[service] = start..<text.count
    }
}
