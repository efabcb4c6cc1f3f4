/// What stands in each column of a W3C extended log, as its `#Fields:` line says; empty where there was none.
///
/// A value of few bytes, so that every stream can have one.
package struct W3CColumns: BitwiseCopyable, Sendable, Equatable {
    /// What a column is to us.
    enum Column: UInt8 {
        case other, date, time, method, path, url, status, taken, takenSeconds, userAgent, requestID, host
    }

    /// Columns beyond these are not looked at.
    static let maximum = 64
    private static let bits = 4

    /// Four bits a column.
    private var kinds: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    private(set) var count = 0

    /// Makes columns of a stream that has none.
    package init() {}

    /// Makes columns from names that blanks set apart; nil where nothing in them tells of a request.
    init?(_ names: ByteCursor) {
        var cursor = names
        var isCloudFront = false
        while true {
            cursor.skipBlanks()
            let start = cursor.position
            guard cursor.skipWord(), count < Self.maximum else { break }
            if Self.equals(cursor, start, "x-edge-location") { isCloudFront = true }
            set(count, Self.column(cursor, start, isCloudFront))
            count += 1
        }
        guard contains(.method) || contains(.status) else { return nil }
    }

    /// What a column is.
    subscript(index: Int) -> Column {
        let word =
            switch index * Self.bits / 64 {
            case 0: kinds.0
            case 1: kinds.1
            case 2: kinds.2
            default: kinds.3
            }
        return Column(rawValue: UInt8(word >> UInt64(index * Self.bits % 64) & 15)) ?? .other
    }

    package static func == (left: W3CColumns, right: W3CColumns) -> Bool {
        left.kinds == right.kinds && left.count == right.count
    }

    func contains(_ column: Column) -> Bool { (0..<count).contains { self[$0] == column } }

    private mutating func set(_ index: Int, _ column: Column) {
        let bits = UInt64(column.rawValue) << UInt64(index * Self.bits % 64)
        switch index * Self.bits / 64 {
        case 0: kinds.0 |= bits
        case 1: kinds.1 |= bits
        case 2: kinds.2 |= bits
        default: kinds.3 |= bits
        }
    }

    /// Names of the W3C draft, of IIS, CloudFront and Incapsula.
    private static let names: [(StaticString, Column)] = [
        ("date", .date), ("time", .time), ("cs-method", .method), ("cs-uri-stem", .path), ("cs-uri", .url),
        ("sc-status", .status), ("time-taken", .taken), ("cs(user-agent)", .userAgent),
        ("x-edge-request-id", .requestID), ("sc(x-request-id)", .requestID), ("cs-host", .host),
    ]

    /// `time-taken` is in seconds in CloudFront's logs; elsewhere it is in milliseconds unless it has a fraction.
    private static func column(_ cursor: ByteCursor, _ start: Int, _ isCloudFront: Bool) -> Column {
        let found = names.first { equals(cursor, start, $0.0) }?.1 ?? .other
        return found == .taken && isCloudFront ? .takenSeconds : found
    }

    private static func equals(_ cursor: ByteCursor, _ start: Int, _ name: StaticString) -> Bool {
        ASCII.equal(cursor.base + start, cursor.position - start, ignoringCase: name)
    }

    /// CloudFront's standard logs, whose columns never change their places; only ever more are added.
    static let cloudFront: W3CColumns = {
        let text =
            "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
            + "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol "
            + "cs-bytes time-taken"
        return Array(text.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { W3CColumns(ByteCursor($0, bytes.count)) } ?? W3CColumns()
        }
    }()
    /// Columns that CloudFront's logs have had from the beginning.
    static let cloudFrontAtLeast = 12
}
