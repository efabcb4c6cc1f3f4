import Agent
import Objectives
import Outputs
import Testing

@Suite struct AlertBookTests {
    private static let key = AlertBook.Key(slothID: "checkout-availability", tier: .fast)
    private static let alertmanager = AlertRepetition(interval: .seconds(60), resolvedFor: .seconds(900), batch: 64)
    private static let webhook = AlertRepetition(interval: nil, resolvedFor: .seconds(86_400), batch: 1)

    /// Tells everything that is due; how many that were.
    private static func tell(_ book: inout AlertBook, _ repetition: AlertRepetition, at now: Int64) -> Int {
        let due = book.due(repetition, now: now)
        for item in due { book.told(item.key, item.entry, now: now) }
        book.forget(repetition, now: now)
        return due.count
    }

    @Test func `A webhook hears of an alert once when it begins and once when it ends`() {
        var book = AlertBook()
        book.follow(active: [Self.key: 1_000], ended: [:], now: 2_000)
        #expect(Self.tell(&book, Self.webhook, at: 2_000) == 1)
        #expect(Self.tell(&book, Self.webhook, at: 500_000) == 0)
        book.follow(active: [Self.key: 1_000], ended: [:], now: 500_000)
        book.follow(active: [:], ended: [Self.key: 600_000], now: 900_000)
        #expect(book.due(Self.webhook, now: 900_000).first?.entry.endedAt == 600_000)
        #expect(Self.tell(&book, Self.webhook, at: 900_000) == 1)
        #expect(book.entries.isEmpty)
    }

    @Test func `An Alertmanager hears of a firing alert again in time, and of its end for as long as Prometheus would`()
    {
        var book = AlertBook()
        book.follow(active: [Self.key: 0], ended: [:], now: 0)
        #expect(Self.tell(&book, Self.alertmanager, at: 0) == 1)
        #expect(Self.tell(&book, Self.alertmanager, at: 59_999) == 0)
        #expect(Self.tell(&book, Self.alertmanager, at: 60_000) == 1)
        book.follow(active: [:], ended: [Self.key: 70_000], now: 75_000)
        #expect(Self.tell(&book, Self.alertmanager, at: 75_000) == 1)
        #expect(Self.tell(&book, Self.alertmanager, at: 135_000) == 1)
        #expect(Self.tell(&book, Self.alertmanager, at: 970_000) == 1)
        #expect(Self.tell(&book, Self.alertmanager, at: 970_001) == 0)
        #expect(book.entries.isEmpty)
    }

    @Test func `What was told is known after a restart, and what was not is told then`() throws {
        var book = AlertBook()
        let other = AlertBook.Key(slothID: "cart-latency", tier: .medium)
        book.follow(active: [Self.key: 1_000, other: 2_000], ended: [:], now: 2_000)
        book.told(Self.key, try #require(book.entries[Self.key]), now: 2_000)
        #expect(book.isChanged)
        var later = try #require(AlertBook(book.encoded()))
        #expect(!book.isChanged)
        later.follow(active: [Self.key: 1_000, other: 2_000], ended: [:], now: 9_000)
        #expect(later.due(Self.webhook, now: 9_000).map(\.key) == [other])
        #expect(later.due(Self.alertmanager, now: 9_000).count == 2, "Alertmanager may have forgotten")
        #expect(later.entries[Self.key]?.firedAt == 1_000, "and it fires since then")
    }

    @Test func `An alert that ended while nobody looked ends when that is found`() throws {
        var book = AlertBook()
        book.follow(active: [Self.key: 1_000], ended: [:], now: 1_000)
        var later = try #require(AlertBook(book.encoded()))
        later.follow(active: [:], ended: [:], now: 50_000)
        #expect(later.entries[Self.key]?.endedAt == 50_000)
        later.follow(active: [Self.key: 60_000], ended: [:], now: 60_000)
        #expect(later.entries[Self.key]?.firedAt == 60_000 && later.entries[Self.key]?.endedAt == nil)
    }

    @Test func `A clock that is set back silences nothing`() {
        var book = AlertBook()
        book.follow(active: [Self.key: 1_000_000_000], ended: [:], now: 1_000_000_000)
        #expect(Self.tell(&book, Self.alertmanager, at: 1_000_000_000) == 1)
        #expect(Self.tell(&book, Self.alertmanager, at: 1_000) == 1)
    }

    @Test func `Damaged bytes are refused`() {
        var book = AlertBook()
        book.follow(active: [Self.key: 1_000], ended: [:], now: 1_000)
        let bytes = book.encoded()
        for count in 1..<bytes.count { #expect(AlertBook(Array(bytes.prefix(count))) == nil) }
        #expect(AlertBook(bytes + [0]) == nil)
    }
}
