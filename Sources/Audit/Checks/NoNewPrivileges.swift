extension Check {
    /// setuid programs stay what they are.
    static let noNewPrivileges = Check(
        "no-new-privileges",
        .medium,
        "Cannot gain privileges",
        why: "A setuid program in the image, sudo or ping, makes any process root again.",
        mend: "security_opt: [\"no-new-privileges:true\"]",
        references: ["A-4.2.2", "CIS 5.26"]
    ) { container in
        let option = container.securityOptions.last { $0.hasPrefix("no-new-privileges") }
        if let option, option != "no-new-privileges=false" { return .pass("HostConfig.SecurityOpt has \(option)") }
        if container.engineHas("name=no-new-privileges") { return .pass("the engine sets it for every container") }
        return .finding("HostConfig.SecurityOpt", "does not have no-new-privileges")
    }
}
