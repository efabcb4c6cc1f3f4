import RecordPath
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Where every input was when its records were last safe: `positions` in the data directory.
///
/// A text file, one `key<TAB>position` a line behind a header line, replaced as a whole (temporary file, fsync,
/// rename, fsync of the directory), so that it is old or new, never half.
final class PositionStore: Sendable {
    private struct State {
        var positions: [String: String] = [:]
        var isChanged = false
    }

    private static let header = "martlet positions 1"
    private let path: String
    private let directory: String
    private let state: Mutex<State>

    /// Opens the store of a data directory; a file that cannot be read is an error, one that is not there is empty.
    init(directory: String) throws(PositionStoreError) {
        self.directory = directory
        path = directory + "/positions"
        state = Mutex(State(positions: try Self.read(path)))
    }

    /// All positions.
    var positions: [String: String] { state.withLock { $0.positions } }

    /// Takes over positions that have become safe; `save` makes them durable.
    func commit(_ marks: [RecordBatch.Mark]) {
        guard !marks.isEmpty else { return }
        state.withLock { state in
            for mark in marks { state.positions[mark.key] = mark.position }
            state.isChanged = true
        }
    }

    /// Writes the file if something has changed.
    func save() throws(PositionStoreError) {
        let pending: [String: String]? = state.withLock { state in
            guard state.isChanged else { return nil }
            state.isChanged = false
            return state.positions
        }
        guard let pending else { return }
        do {
            try write(pending)
        } catch {
            state.withLock { $0.isChanged = true }
            throw error
        }
    }

    private func write(_ positions: [String: String]) throws(PositionStoreError) {
        var text = Self.header + "\n"
        for (key, position) in positions.sorted(by: { $0.key < $1.key }) {
            text += Self.escape(key) + "\t" + Self.escape(position) + "\n"
        }
        let temporary = path + ".new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw PositionStoreError(path: temporary, doing: "create", code: errno) }
        let isWritten = Self.writeAll(Array(text.utf8), to: file) && fsync(file) == 0
        let code = errno
        close(file)
        guard isWritten else { throw PositionStoreError(path: temporary, doing: "write", code: code) }
        guard rename(temporary, path) == 0 else { throw PositionStoreError(path: path, doing: "replace", code: errno) }
        let folder = open(directory, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                guard errno == EINTR else { return false }
            } else {
                done += count
            }
        }
        return true
    }

    private static func read(_ path: String) throws(PositionStoreError) -> [String: String] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT { return [:] }
        guard file >= 0 else { throw PositionStoreError(path: path, doing: "open", code: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(file, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw PositionStoreError(path: path, doing: "read", code: errno) }
            if count == 0 { break }
            bytes += block[..<count]
        }
        return try parse(String(decoding: bytes, as: UTF8.self), path)
    }

    private static func parse(_ text: String, _ path: String) throws(PositionStoreError) -> [String: String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == header[...] else {
            throw PositionStoreError(path: path, doing: "understand", code: 0)
        }
        var positions: [String: String] = [:]
        for line in lines where !line.isEmpty {
            guard let tab = line.firstIndex(of: "\t") else { continue }
            positions[unescape(line[..<tab])] = unescape(line[line.index(after: tab)...])
        }
        return positions
    }

    private static func escape(_ text: String) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "%": out += "%25"
            case "\t": out += "%09"
            case "\n": out += "%0A"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }

    private static func unescape(_ text: Substring) -> String {
        var out = ""
        var rest = text
        while let percent = rest.firstIndex(of: "%") {
            out += rest[..<percent]
            let code = rest[percent...].prefix(3)
            out += code == "%25" ? "%" : code == "%09" ? "\t" : code == "%0A" ? "\n" : String(code)
            rest = rest[percent...].dropFirst(3)
        }
        return out + rest
    }
}

/// A position file that cannot be read or written.
struct PositionStoreError: Error, Equatable {
    let path: String
    let doing: String
    /// errno; 0: the contents are not understood.
    let code: Int32

    var description: String {
        code == 0
            ? "\(path): not a position file of this version; move it away to start anew"
            : "cannot \(doing) \(path): \(String(cString: strerror(code)))"
    }
}
