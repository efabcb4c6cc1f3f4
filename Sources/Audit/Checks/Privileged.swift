extension Check {
    /// Root on the host under another name.
    static let privileged = Check(
        "not-privileged",
        .critical,
        "Is not privileged",
        why: "A privileged container has every device and capability of the host: it is root there.",
        mend: "privileged: false; name the device (devices:) or the capability (cap_add:) that it needs",
        references: ["A-4.2.1", "CIS 5.5"]
    ) { container in
        container.isPrivileged
            ? .finding("HostConfig.Privileged", "is true") : .pass("HostConfig.Privileged is false")
    }
}
