import Objectives

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The clocks of this host, as the SLOs want them.
enum HostClock {
    /// What they say now.
    static var reading: SteadyClock.Reading {
        SteadyClock.Reading(wall: millis(CLOCK_REALTIME), monotonic: millis(CLOCK_BOOTTIME), boot: boot)
    }

    private static func millis(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Tells one boot from another; 0 where the kernel does not say it.
    private static let boot: UInt64 = {
        let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(file, &bytes, bytes.count)
        return bytes.prefix(max(count, 0)).reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }()
}
