/// The fields of `/proc/self/stat` that we export.
struct ProcessStat: Equatable {
    /// User and system time, in clock ticks.
    let cpuTicks: Int64
    let threads: Int64
    /// Start after boot, in clock ticks.
    let startTicks: Int64
    let virtualBytes: Int64
    let residentPages: Int64

    /// Fields are counted after the command's closing parenthesis, since a command may hold spaces and parentheses.
    init?(_ text: String) {
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split { $0 == " " || $0 == "\n" }
        guard fields.count > 21, let user = Int64(fields[11]), let system = Int64(fields[12]),
            let threads = Int64(fields[17]), let start = Int64(fields[19]), let virtual = Int64(fields[20]),
            let resident = Int64(fields[21])
        else { return nil }
        cpuTicks = user &+ system
        self.threads = threads
        startTicks = start
        virtualBytes = virtual
        residentPages = resident
    }
}
