import CJournal

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// An open journal of libsystemd.
///
/// Of one thread; closed when it goes.
struct JournalHandle: ~Copyable {
    /// A call of libsystemd has failed.
    struct Failure: Error {
        /// A positive errno.
        var code: Int32
        /// What was being done.
        var doing: String

        var text: String { "\(doing): \(String(cString: strerror(code))) (\(code))" }
    }

    /// The longest message taken, and libsystemd's bound for what it decompresses.
    static let maximumMessage = 1 << 20

    /// Invariant: open until `deinit`.
    let journal: OpaquePointer
    let functions: martlet_journal_api

    /// Opens a journal and watches it for new entries from now on.
    init(_ source: JournalOptions.Source, _ library: JournalLibrary) throws(Failure) {
        var functions = library.functions
        // The newer one passes over fields that it cannot decompress, the older one ends there.
        if let available = functions.enumerate_available { functions.enumerate = available }
        self.functions = functions
        var opened: OpaquePointer?
        let result: Int32
        switch source {
        case .local: result = functions.open(&opened, Int32(MARTLET_JOURNAL_LOCAL_ONLY))
        case .directory(let path): result = functions.open_directory(&opened, path, 0)
        case .namespace(let name):
            guard let open = functions.open_namespace else {
                throw Failure(code: ENOSYS, doing: "open a namespace with a libsystemd older than 245")
            }
            result = open(&opened, name, Int32(MARTLET_JOURNAL_LOCAL_ONLY))
        }
        guard result >= 0, let opened else { throw Failure(code: -result, doing: "open the journal") }
        journal = opened
        // Room for the field's name, and one byte more, which tells a message of just the limit from a longer one.
        _ = functions.set_data_threshold(journal, Self.maximumMessage + 64)
        // Before the first entry is read: what is written from here on wakes us up.
        descriptor = functions.get_fd(journal)
    }

    deinit { functions.close(journal) }

    /// Becomes readable when there is news; negative when the journal cannot be watched (a network disk).
    let descriptor: Int32
    var isWatched: Bool { descriptor >= 0 }

    /// Filters by these terms from now on.
    ///
    /// The place is lost: seek again.
    func apply(_ steps: [JournalMatches.Step]) throws(Failure) {
        functions.flush_matches(journal)
        for step in steps {
            let result: Int32
            switch step {
            case .match(let text): result = functions.add_match(journal, text, text.utf8.count)
            case .or: result = functions.add_disjunction(journal)
            case .and: result = functions.add_conjunction(journal)
            }
            try check(result, "filter by \(step)")
        }
    }

    /// Goes before the entry of a cursor, or before the first entry of its time.
    ///
    /// `next` enters it.
    func seek(_ cursor: JournalCursor) throws(Failure) {
        if !cursor.isTimeOnly, functions.seek_cursor(journal, cursor.text) >= 0 { return }
        try check(functions.seek_realtime(journal, cursor.realtime), "seek a time")
    }

    /// Goes behind the last entry.
    ///
    /// `previous` enters it.
    func seekTail() throws(Failure) { try check(functions.seek_tail(journal), "seek the end") }

    /// Enters the next entry; false at the end.
    @inline(__always) func next() throws(Failure) -> Bool {
        let result = functions.next(journal)
        if result < 0 { throw Failure(code: -result, doing: "go to the next entry") }
        return result > 0
    }

    /// Enters the entry before; false at the beginning.
    func previous() throws(Failure) -> Bool { try check(functions.previous(journal), "go to the last entry") > 0 }

    /// The cursor of the present entry.
    func cursor() throws(Failure) -> JournalCursor {
        var text: UnsafeMutablePointer<CChar>?
        try check(functions.get_cursor(journal, &text), "name the entry")
        defer { free(text) }
        guard let text, let cursor = JournalCursor(String(cString: text)) else {
            throw Failure(code: EBADMSG, doing: "name the entry")
        }
        return cursor
    }

    /// Takes note of files that have come and gone.
    func process() throws(Failure) { try check(functions.process(journal), "look for new files") }

    @discardableResult
    private func check(_ result: Int32, _ doing: String) throws(Failure) -> Int32 {
        if result < 0 { throw Failure(code: -result, doing: doing) }
        return result
    }
}
