extension Check {
    /// What of root's powers it has.
    static let capabilities = Check(
        "capabilities-dropped",
        .medium,
        "Has no kernel capability that it does not need",
        why: "The engine grants fourteen by default, and a service needs none or one.",
        mend: "cap_drop: [ALL], and cap_add: for the one or two that it needs",
        references: ["A-4.2.1", "CIS 5.4"]
    ) { container in
        if container.isPrivileged {
            return .finding("HostConfig.Privileged", "is true: it has all capabilities", .high)
        }
        let names = { (texts: [String]) in
            texts.map { $0.uppercased() }.map { $0.hasPrefix("CAP_") ? String($0.dropFirst(4)) : $0 }
        }
        let strong = names(container.hostConfig.CapAdd.texts).filter { strongCapabilities.contains($0) }
        if !strong.isEmpty {
            return .finding("HostConfig.CapAdd", "has \(strong.joined(separator: ", ")): as good as root", .high)
        }
        guard names(container.hostConfig.CapDrop.texts).contains("ALL") else {
            return .finding("HostConfig.CapDrop", "does not have ALL")
        }
        return .pass("HostConfig.CapDrop has ALL")
    }

    /// Those with which one takes over the host.
    private static let strongCapabilities: Set = [
        "ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "NET_ADMIN", "BPF",
    ]
}
