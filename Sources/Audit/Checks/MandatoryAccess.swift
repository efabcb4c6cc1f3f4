extension Check {
    /// AppArmor or SELinux, whichever the host has.
    static let mandatoryAccess = Check(
        "apparmor-selinux",
        .medium,
        "Is confined by AppArmor or SELinux",
        why: "What the file system's rights allow, a profile still forbids: /proc, /sys, mounts.",
        mend: "leave apparmor=unconfined and label=disable out of security_opt",
        references: ["A-4.3.2", "CIS 5.2", "CIS 5.3"]
    ) { container in
        guard !container.engine.SecurityOptions.isAbsent else {
            return .unknown("the engine does not tell what it has")
        }
        if container.engineHas("name=selinux") {
            let label = container.inspect.ProcessLabel.text ?? ""
            return label.isEmpty
                ? .finding("ProcessLabel", "is empty: SELinux is off for it") : .pass("ProcessLabel is \(label)")
        }
        guard container.engineHas("name=apparmor") else {
            return .inapplicable("the engine uses neither AppArmor nor SELinux")
        }
        let profile = container.inspect.AppArmorProfile.text ?? ""
        let isConfined = !container.isPrivileged && profile != "unconfined"
        guard isConfined, !(profile.isEmpty && container.isRunning) else {
            return .finding("AppArmorProfile", profile.isEmpty ? "is empty" : "is \(profile)")
        }
        return .pass("AppArmorProfile is \(profile.isEmpty ? "the engine's" : profile)")
    }
}
