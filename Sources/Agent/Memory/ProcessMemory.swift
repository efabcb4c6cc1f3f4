#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Keeps what the process takes of the host's memory near to what it uses.
enum ProcessMemory {
    /// Large blocks are given back when they are freed, and threads share their heaps.
    ///
    /// Without this the C library keeps what was freed: the more threads, the more of it.
    static func tune() { _ = once }

    private static let once: Void = {
        typealias Mallopt = @convention(c) (_ parameter: CInt, _ value: CInt) -> CInt
        // Looked for by its name: Swift's module of the C library lacks it, and other libraries have none.
        guard let address = dlsym(dlopen(nil, RTLD_NOW), "mallopt") else { return }
        let mallopt = unsafeBitCast(address, to: Mallopt.self)
        let (trimThreshold, mapThreshold, arenaMax) = (CInt(-1), CInt(-3), CInt(-8))
        _ = mallopt(arenaMax, 2)
        _ = mallopt(mapThreshold, 512 << 10)
        _ = mallopt(trimThreshold, 512 << 10)
    }()

    /// Gives back the pages of the program and its libraries that were needed to start.
    ///
    /// They are copies of files: those that are needed again come back from there, by themselves.
    static func forgetStart() {
        for range in codeRanges() {
            guard let start = UnsafeMutableRawPointer(bitPattern: range.lowerBound) else { continue }
            _ = madvise(start, range.count, MADV_DONTNEED)
        }
    }

    /// Gives back what the C library keeps of freed memory, and pages of code.
    ///
    /// What it keeps lies between what is used: other sizes than those that come next.
    static func giveBack() {
        _ = trim?(0)
        forgetStart()
    }

    private static let trim: (@convention(c) (_ pad: Int) -> CInt)? = {
        dlsym(dlopen(nil, RTLD_NOW), "malloc_trim").map { unsafeBitCast($0, to: (@convention(c) (Int) -> CInt).self) }
    }()

    /// Resident memory as the kernel counts it.
    static var residentBytes: Int {
        let words = text(of: "/proc/self/statm").split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    /// Where code lies that was read from files and is never written: `START-END r-xp … /PATH`.
    private static func codeRanges() -> [Range<UInt>] {
        text(of: "/proc/self/maps").split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count >= 6, words[1] == "r-xp", words[5].hasPrefix("/") else { return nil }
            let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard ends.count == 2, ends[0] < ends[1] else { return nil }
            return ends[0]..<ends[1]
        }
    }

    private static func text(of path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20 {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
