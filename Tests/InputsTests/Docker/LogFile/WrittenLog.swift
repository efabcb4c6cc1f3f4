import TestSupport

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A folder in which a test writes what the json-file driver would write, with an engine that shows it.
final class WrittenLog: Sendable {
    struct Failure: Error {
        var description: String
    }

    static let id = String(repeating: "ab", count: 32)
    /// Where the driver writes.
    let path: String
    let engine: ScriptedEngine
    private let folder: String

    /// Makes an engine with one container that has this log.
    init(isRunning: Bool = true, options: String = "{}", hasTerminal: Bool = false) throws {
        var template = Array("/tmp/martlet-written-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "no directory in /tmp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = folder + "/x-json.log"
        let state = isRunning ? "running" : "exited"
        let inspection = """
            {"Name":"/shop","Config":{"Tty":\(hasTerminal)},"LogPath":"\(path)",
            "State":{"Running":\(isRunning),"StartedAt":"2024-01-01T00:00:00Z","FinishedAt":"2024-01-02T00:00:00Z"},
            "HostConfig":{"LogConfig":{"Type":"json-file","Config":\(options)}}}
            """
        engine = try ScriptedEngine { target in
            if target.hasSuffix("/_ping") { return ScriptedEngine.json("OK") }
            if target.contains("/events") || target.contains("/logs") { return nil }
            if target.contains("/containers/json") {
                return ScriptedEngine.json(#"[{"Id":"\#(Self.id)","State":"\#(state)"}]"#)
            }
            return ScriptedEngine.json(inspection)
        }
    }

    deinit {
        for file in [path] + (1..<30).map({ "\(path).\($0)" }) { unlink(file) }
        rmdir(folder)
    }

    /// One line of the driver's file; `text` as it stands in JSON.
    static func line(_ text: String, second: Int, stream: String = "stdout") -> String {
        let stamp = LogStreamBytes.stamp(second, 0).dropLast()
        return #"{"log":"\#(text)","stream":"\#(stream)","time":"\#(stamp)"}"# + "\n"
    }

    /// Whole lines with these numbers.
    static func lines(_ numbers: Range<Int>) -> String {
        numbers.map { line("line \($0)\\n", second: $0) }.joined()
    }

    /// Writes behind what is there.
    func append(_ text: String) throws { try write(text, O_APPEND) }

    /// Writes instead of what is there, in the same file.
    func replace(_ text: String) throws { try write(text, O_TRUNC) }

    /// Rotates as the driver does: the newest is `.1`.
    func rotate(keeping kept: Int = 20) {
        unlink("\(path).\(kept)")
        for age in stride(from: kept - 1, to: 0, by: -1) { rename("\(path).\(age)", "\(path).\(age + 1)") }
        rename(path, "\(path).1")
    }

    private func write(_ text: String, _ flag: Int32) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0o600)
        guard file >= 0 else { throw Failure(description: "cannot write \(path): errno \(errno)") }
        defer { close(file) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { plainWrite(file, $0) }
            guard count > 0 else { throw Failure(description: "cannot write \(path): errno \(errno)") }
            bytes = bytes.dropFirst(count)
        }
    }

    private func plainWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(file, bytes.baseAddress, bytes.count)
        #else
        Musl.write(file, bytes.baseAddress, bytes.count)
        #endif
    }
}
