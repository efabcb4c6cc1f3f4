import Outputs
import Testing

@Suite struct ArchiveLedgerTests {
    /// 2026-11-21 12:00:00 UTC.
    private let noon: Int64 = 1_795_262_400_000_000_000

    private func name(_ number: Int) -> String {
        ArchiveName(number: number, time: noon, isCompressed: true).text
    }

    @Test(arguments: [
        (1, Int64(0), true, "martlet-19700101T000000Z-000001.ndjson.gz"),
        (42, 1_795_262_400_000_000_000, false, "martlet-20261121T120000Z-000042.ndjson"),
        (7, 1_709_210_096_000_000_000, true, "martlet-20240229T123456Z-000007.ndjson.gz"),
        (1_234_567, 4_102_444_799_000_000_000, true, "martlet-20991231T235959Z-1234567.ndjson.gz"),
    ])
    func `a name shows time and number, and is read back`(_ number: Int, _ time: Int64, _ isGzip: Bool, _ text: String)
    {
        let name = ArchiveName(number: number, time: time, isCompressed: isGzip)
        #expect(name.text == text)
        #expect(ArchiveName(text) == name)
    }

    @Test(arguments: [
        "", "martlet-", "martlet-x-.ndjson", "martlet-20261121T120000Z-0.ndjson", "other-1.ndjson.gz",
        "martlet-1.ndjson.gz.uncommitted", "martlet-1.ndjson.zst", "martlet-1.json",
        "martlet-99999999999999999999.ndjson",
    ])
    func `other files are none of ours`(_ text: String) {
        #expect(ArchiveName(text) == nil)
    }

    @Test func `what is behind the committed length is cut away, later files are set aside`() {
        let listed = [(name(3), 10), (name(1), 100), (name(2), 70), ("readme.txt", 5)]
        let (ledger, repairs) = ArchiveLedger.open(listed, committed: ArchivePosition(file: 2, bytes: 50))
        #expect(repairs == [.truncate(name(2), to: 50), .setAside(name(3))])
        #expect(ledger.position == ArchivePosition(file: 2, bytes: 50))
        #expect(ledger.files.map(\.bytes) == [100, 50])
    }

    @Test func `a number is never used again, not even one that was set aside`() {
        var (ledger, _) = ArchiveLedger.open([(name(3), 10)], committed: ArchivePosition(file: 2, bytes: 50))
        #expect(ledger.nextName(now: noon, isCompressed: true).number == 4)
        var (empty, _) = ArchiveLedger.open([], committed: ArchivePosition(file: 9, bytes: 50))
        #expect(empty.nextName(now: noon, isCompressed: true).number == 10)
    }

    @Test func `files that nobody remembers are left as they are`() {
        let (ledger, repairs) = ArchiveLedger.open([(name(1), 100), (name(2), 70)], committed: nil)
        #expect(repairs.isEmpty)
        #expect(ledger.position == ArchivePosition(file: 2, bytes: 70))
    }

    @Test func `a file shorter than committed is left as it is`() {
        let (ledger, repairs) = ArchiveLedger.open([(name(2), 20)], committed: ArchivePosition(file: 2, bytes: 50))
        #expect(repairs.isEmpty)
        #expect(ledger.position == ArchivePosition(file: 2, bytes: 20))
    }

    @Test func `a file is closed at its size and at its age`() {
        let options = ArchiveOptions(keepBytes: 1 << 30, fileBytes: 100, fileAge: .seconds(60))
        var (ledger, _) = ArchiveLedger.open([], committed: nil)
        #expect(ledger.current(options: options, now: noon) == nil)
        let first = ledger.nextName(now: noon, isCompressed: true)
        ledger.began(first, now: noon)
        ledger.appended(99)
        #expect(ledger.current(options: options, now: noon + 59_999_999_999)?.name == first)
        #expect(ledger.current(options: options, now: noon + 60_000_000_000) == nil)
        ledger.appended(1)
        #expect(ledger.current(options: options, now: noon) == nil)
    }

    @Test func `an archive that was opened goes on in a new file`() {
        let (ledger, _) = ArchiveLedger.open([(name(1), 10)], committed: ArchivePosition(file: 1, bytes: 10))
        #expect(ledger.current(options: ArchiveOptions(), now: noon) == nil)
    }

    @Test func `the oldest go first, what was set aside before them, the last never`() {
        let listed = [(name(1), 100), (name(2), 100), (name(3), 100), (name(4) + ".uncommitted", 100)]
        var (ledger, _) = ArchiveLedger.open(listed, committed: ArchivePosition(file: 3, bytes: 100))
        var gone: [String] = []
        while let name = ledger.excess(keepBytes: 150) {
            gone.append(name)
            ledger.removed(name)
        }
        #expect(gone == [name(4) + ".uncommitted", name(1), name(2)])
        #expect(ledger.excess(keepBytes: 1) == nil)
    }

    @Test(arguments: ["1:2", "0:0", "12:9223372036854775807"])
    func `a position is read back`(_ text: String) {
        #expect(ArchivePosition(text)?.description == text)
    }

    @Test(arguments: ["", "1", "1:", ":1", "-1:2", "1:-2", "1:2:3", "a:b", "1:9223372036854775808"])
    func `what is no position is none`(_ text: String) {
        #expect(ArchivePosition(text) == nil)
    }
}
