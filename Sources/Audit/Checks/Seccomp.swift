extension Check {
    /// Which system calls it may make.
    static let seccomp = Check(
        "seccomp",
        .high,
        "Is held to the system calls of a seccomp profile",
        why: "Most ways out of a container begin with a system call that no service makes.",
        mend: "leave seccomp=unconfined out of security_opt: the engine's own profile is enough",
        references: ["A-4.3.1", "CIS 5.22"]
    ) { container in
        if container.isPrivileged { return .finding("HostConfig.Privileged", "is true: no profile applies") }
        if let option = container.securityOptions.last(where: { $0.hasPrefix("seccomp=") }) {
            // A profile stands there as its text.
            return option == "seccomp=unconfined"
                ? .finding("HostConfig.SecurityOpt", "has seccomp=unconfined")
                : .pass("HostConfig.SecurityOpt names a profile")
        }
        guard !container.engine.SecurityOptions.isAbsent else {
            return .unknown("the engine does not tell its own profile")
        }
        return container.engine.SecurityOptions.texts.contains { $0.hasPrefix("name=seccomp") }
            ? .pass("the engine's own profile applies")
            : .finding("SecurityOptions", "of the engine have no seccomp: the kernel or the engine lacks it")
    }
}
