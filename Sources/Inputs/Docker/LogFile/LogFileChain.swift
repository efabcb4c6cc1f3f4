/// The files of one container's log: `…-json.log`, which is written, and behind it `.1`, `.2` and so on, ever older.
struct LogFileChain {
    /// The driver has no limit of its own; nobody keeps more.
    private static let filesMax = 1_000

    /// The path of the file that is written.
    let path: String

    /// The path of the file that is so many rotations old.
    func path(age: Int) -> String { age == 0 ? path : "\(path).\(age)" }

    /// The number of the file that is written; nil when there is none at the moment.
    var current: FileNumber? { FileFacts(path: path)?.number }

    /// How many rotations old a file is; nil when it is not in the chain.
    func age(of number: FileNumber) -> Int? {
        for age in 0..<Self.filesMax {
            guard let facts = FileFacts(path: path(age: age)) else {
                // Between its two renames the driver leaves a hole at the front.
                if age == 0 { continue }
                return nil
            }
            if facts.number == number { return age }
        }
        return nil
    }

    /// How old the oldest file is; nil when there are no files.
    var oldestAge: Int? {
        var oldest = FileFacts(path: path) == nil ? nil : 0
        for age in 1..<Self.filesMax {
            guard FileFacts(path: path(age: age)) != nil else { return oldest }
            oldest = age
        }
        return oldest
    }

    /// Opens a file; nil when that cannot be.
    func open(age: Int) -> LogFile? { LogFile(path: path(age: age)) }
}
