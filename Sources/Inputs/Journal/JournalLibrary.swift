import CJournal

/// libsystemd, opened.
struct JournalLibrary: Sendable {
    let functions: martlet_journal_api

    /// Opens the system's library, or the one at `path`.
    init(path: String?) throws(JournalProblem) {
        var functions = martlet_journal_api()
        var problem = [CChar](repeating: 0, count: 512)
        let isLoaded = martlet_journal_load(path, &functions, &problem, problem.count) != 0
        guard isLoaded else {
            let end = problem.firstIndex(of: 0) ?? problem.count
            let reason = String(decoding: problem[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw JournalProblem(
                text: "libsystemd cannot be used (\(reason)); install it: package libsystemd0 on Debian, Ubuntu and "
                    + "SUSE, systemd-libs on Fedora, Red Hat and Arch"
            )
        }
        self.functions = functions
    }
}
