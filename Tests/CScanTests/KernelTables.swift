import CScan

/// Kernel tables with their literals, for tests.
final class KernelTables {
    struct Literal {
        var text: String
        var fold = false
        var edge = false
        /// So many letters, digits, dashes and underscores stand behind it.
        var word: UInt8 = 0

        init(_ text: String, fold: Bool = false, edge: Bool = false, word: UInt8 = 0) {
            self.text = text
            self.fold = fold
            self.edge = edge
            self.word = word
        }
    }

    let pointer: OpaquePointer

    /// `keys`: three bytes each, the ends of keys that are looked for.
    init(_ literals: [Literal], shapes: UInt32, keys: [String] = []) {
        let bytes = literals.map { Array($0.text.utf8) }
        let storage = bytes.map { text -> UnsafeMutablePointer<UInt8> in
            let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count)
            copy.initialize(from: text, count: text.count)
            return copy
        }
        let rows = zip(storage, literals).map { pointer, literal in
            martlet_literal(
                bytes: pointer,
                count: UInt8(literal.text.utf8.count),
                flags: UInt8((literal.fold ? MARTLET_LITERAL_FOLD : 0) | (literal.edge ? MARTLET_LITERAL_EDGE : 0)),
                word_bytes: literal.word
            )
        }
        var endings = [UInt8](repeating: 0, count: Int(MARTLET_KEY_ENDINGS) / 8)
        for key in keys.map({ Array($0.utf8) }) {
            let number = martlet_key_ending(key[0], key[1], key[2])
            endings[Int(number >> 3)] |= 1 << UInt8(number & 7)
        }
        guard let made = martlet_scan_tables_make(rows, rows.count, shapes, keys.isEmpty ? nil : endings) else {
            preconditionFailure("no tables")
        }
        pointer = made
        storage.forEach { $0.deallocate() }
    }

    deinit { martlet_scan_tables_free(pointer) }

    func literals(at offset: Int, in line: [UInt8]) -> [UInt16] {
        var found = [UInt16](repeating: 0, count: 16)
        let padded = line + [UInt8](repeating: 0, count: Int(MARTLET_SCAN_SLACK))
        let count = martlet_scan_literals_at(pointer, padded, line.count, offset, &found, found.count)
        return Array(found.prefix(count))
    }
}

/// What a kernel found in a line.
struct Scan: Equatable {
    var quotes: [UInt32]
    var candidates: [UInt32]
    var flags: UInt32
}

/// Scans with one kernel; nil when this processor does not have it.
///
/// The bytes behind the line are chosen to mislead.
func scan(_ kernel: martlet_kernel, _ tables: KernelTables?, _ line: [UInt8]) -> Scan? {
    let trap = Array(#"1111-2222"\@AKIA"#.utf8)
    let padded = line + (0..<Int(MARTLET_SCAN_SLACK)).map { trap[$0 % trap.count] }
    var quotes = [UInt32](repeating: 0, count: line.count + 64)
    var candidates = quotes
    var index = martlet_line_index()
    let known = martlet_scan_line_with(kernel, tables?.pointer, padded, line.count, &quotes, &candidates, &index)
    guard known else { return nil }
    return Scan(
        quotes: Array(quotes.prefix(Int(index.quote_count))),
        candidates: Array(candidates.prefix(Int(index.candidate_count))),
        flags: index.flags
    )
}
