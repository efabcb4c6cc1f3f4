extension Check {
    /// An intruder can leave nothing.
    static let readOnlyRoot = Check(
        "read-only-root",
        .medium,
        "Has a read-only root file system",
        why: "An intruder cannot put tools or changed binaries where the service will run them.",
        mend: "read_only: true, with tmpfs: [/tmp] for what must be writable",
        references: ["A-4.2.3", "CIS 5.13"]
    ) { container in
        guard container.hostConfig.ReadonlyRootfs.flag == true else {
            return .finding("HostConfig.ReadonlyRootfs", "is false")
        }
        return .pass("HostConfig.ReadonlyRootfs is true")
    }
}
