extension Check {
    /// Who it runs as: what its processes are beats what was declared, for entry points may give root up.
    static let user = Check(
        "non-root-user",
        .high,
        "Does not run as root",
        why: "Whoever breaks out of a process of root is root on the host.",
        mend: "user: \"10001:10001\" (and chown what it writes)",
        references: ["A-4.1.1", "B-2", "CIS 4.1"]
    ) { container in
        if container.engineHas("name=userns") || container.engineHas("name=rootless") {
            return .pass("the engine maps root to another user (user namespaces)")
        }
        let declared = container.config.User.text ?? ""
        if let users = container.runningUsers {
            guard users.contains(where: isRoot) else {
                return .pass("its processes run as \(users.joined(separator: ", "))")
            }
            return .finding("Config.User", "is \"\(declared)\", and processes run as root")
        }
        let name = declared.prefix { $0 != ":" }
        guard name.isEmpty || isRoot(String(name)) else { return .pass("Config.User is \(declared)") }
        return .finding("Config.User", declared.isEmpty ? "is empty: root" : "is \(declared)")
    }

    private static func isRoot(_ user: String) -> Bool { user == "root" || user == "0" }
}

extension ContainerEvidence {
    /// The users of its processes, each once; nil where the engine does not tell.
    fileprivate var runningUsers: [String]? {
        guard let column = processes.Titles.texts.firstIndex(of: "UID"), !processes.Processes.list.isEmpty else {
            return nil
        }
        let users = processes.Processes.list.map(\.texts).compactMap { $0.indices.contains(column) ? $0[column] : nil }
        return users.isEmpty ? nil : Set(users).sorted()
    }
}
