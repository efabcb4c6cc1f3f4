import Settings
import Testing

struct SizeTextTests {
    @Test(arguments: [
        ("0", 0), ("4096", 4_096), ("64KiB", 65_536), ("10MiB", 10 << 20), ("1GiB", 1 << 30), ("2TiB", 2 << 40),
        ("1.5KiB", 1_536), ("100B", 100),
    ])
    func `bytes and binary units are sizes`(_ text: String, _ expected: Int) {
        #expect(SizeText.parse(text) == expected)
    }

    @Test(arguments: ["", "KiB", "64KB", "64k", "64 KiB", "-1", "+1", "0.3B", "1.1KiB", "0x10", "9999999TiB", "1e9"])
    func `anything else is none`(_ text: String) {
        #expect(SizeText.parse(text) == nil)
    }

    @Test(arguments: [(1_536, "1536"), (65_536, "64KiB"), (1 << 30, "1GiB"), (0, "0"), (3 << 20, "3MiB")])
    func `a size is written with the largest unit that divides it`(_ bytes: Int, _ expected: String) {
        #expect(SizeText.format(bytes) == expected)
    }
}
