/// The one direction of our modules, and who may use which dependency.
///
/// An arrow that is not in this list is a decision: add it in the commit that needs it, and say why there.
enum ModuleGraph {
    /// From the top down; an arrow may only point further down.
    static let order = [
        "martlet", "Agent", "Inputs", "Outputs", "Admin", "Audit", "Artefacts", "Objectives", "Spool", "RecordPath",
        "Transport", "Settings", "CCodec", "CJournal", "CRE2", "CScan", "CYAML",
    ]

    /// What each target may import of ours.
    ///
    /// The command line runs the journal reader's process, hence its Inputs.
    static let arrows: [String: Set<String>] = [
        "martlet": ["Agent", "Inputs", "Admin", "Audit", "Artefacts", "Objectives", "RecordPath", "Settings"],
        "Agent": [
            "Inputs", "Outputs", "Admin", "Audit", "Artefacts", "Objectives", "Spool", "RecordPath", "Transport",
            "Settings",
        ],
        "Inputs": ["RecordPath", "Settings", "CJournal"],
        "Outputs": ["Spool", "RecordPath", "Transport", "Settings", "CCodec"],
        "Admin": ["Settings"],
        "Audit": ["RecordPath", "Transport", "Settings"],
        "Artefacts": ["Objectives", "Settings"],
        "Objectives": ["RecordPath", "Settings"],
        "Spool": ["RecordPath", "Settings", "CScan"],
        "RecordPath": ["Settings", "CScan", "CRE2"],
        "Transport": ["Settings"],
        "Settings": ["CYAML"],
    ]

    /// Modules of others and the targets that may import them: one target each, NIO two.
    static let foreign: [String: Set<String>] = [
        "ArgumentParser": ["martlet"],
        "AsyncHTTPClient": ["Transport"],
        "Crypto": ["Agent"],
        "Logging": ["Agent"],
        "NIOCore": ["Transport", "Admin"],
        "NIOHTTP1": ["Transport", "Admin"],
        "NIOPosix": ["Transport", "Admin"],
        "NIOSSL": ["Transport", "Admin"],
    ]

    /// Part of the toolchain or of the system: free for all but the record path.
    static let system: Set<String> = ["Dispatch", "FoundationEssentials", "Glibc", "Musl", "Synchronization"]

    /// What the record path may use of the system: memory and atomics, nothing that waits or tells the time.
    static let systemOfRecordPath: Set<String> = ["Glibc", "Musl", "Synchronization"]

    /// Never imported: 45 MB with its Unicode data, and slow where we would use it.
    static let banned: Set<String> = ["Foundation", "FoundationNetworking", "FoundationXML"]
}
