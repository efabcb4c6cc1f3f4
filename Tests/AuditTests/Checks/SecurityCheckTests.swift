import Audit
import Testing

/// Security, check by check.
@Suite struct SecurityCheckTests {
    private static let sound = Sample.sound

    static let rows: [Judgement] = [
        // Who it runs as.
        .finding("non-root-user", "Config.User is empty", .high, stopped.with("Config.User", .text(""))),
        .finding("non-root-user", "is 0:0", .high, stopped.with("Config.User", .text("0:0"))),
        .finding(
            "non-root-user",
            "processes run as root",
            .high,
            sound.with { $0.processes = processes("0", "10001") }
        ),
        .other(
            "non-root-user",
            "pass",
            "run as app",
            sound.with("Config.User", .text("")).with { $0.processes = processes("app") }
        ),
        .other("non-root-user", "pass", "Config.User is web", stopped.with("Config.User", .text("web"))),
        .other("non-root-user", "pass", "user namespaces", careless.with { $0.engine = engine("name=rootless") }),
        // What it may do.
        .finding(
            "read-only-root",
            "HostConfig.ReadonlyRootfs is false",
            .medium,
            sound.with("HostConfig.ReadonlyRootfs", .flag(false))
        ),
        .finding(
            "capabilities-dropped",
            "does not have ALL",
            .medium,
            sound.with("HostConfig.CapDrop", .json("[\"NET_RAW\"]"))
        ),
        .finding(
            "capabilities-dropped",
            "SYS_ADMIN",
            .high,
            sound.with("HostConfig.CapAdd", .json("[\"CAP_SYS_ADMIN\"]"))
        ),
        .finding("capabilities-dropped", "it has all capabilities", .high, privileged),
        .other(
            "capabilities-dropped",
            "pass",
            "has ALL",
            sound.with("HostConfig.CapAdd", .json("[\"NET_BIND_SERVICE\"]"))
        ),
        .other("capabilities-dropped", "pass", "has ALL", sound.with("HostConfig.CapDrop", .json("[\"all\"]"))),
        .finding("no-new-privileges", "does not have", .medium, sound.with("HostConfig.SecurityOpt", .absent)),
        .finding(
            "no-new-privileges",
            "does not have",
            .medium,
            sound.with("HostConfig.SecurityOpt", .json("[\"no-new-privileges:false\"]"))
        ),
        .other(
            "no-new-privileges",
            "pass",
            "=true",
            sound.with("HostConfig.SecurityOpt", .json("[\"no-new-privileges:true\"]"))
        ),
        .other(
            "no-new-privileges",
            "pass",
            "the engine sets it",
            careless.with { $0.engine = engine("name=no-new-privileges") }
        ),
        .finding(
            "seccomp",
            "seccomp=unconfined",
            .high,
            sound.with("HostConfig.SecurityOpt", .json("[\"seccomp:unconfined\"]"))
        ),
        .finding("seccomp", "no profile applies", .high, privileged),
        .finding("seccomp", "have no seccomp", .high, sound.with { $0.engine = engine("name=apparmor") }),
        .other(
            "seccomp",
            "pass",
            "names a profile",
            sound.with("HostConfig.SecurityOpt", .json(#"["seccomp={\"defaultAction\":\"SCMP_ACT_ERRNO\"}"]"#))
        ),
        .other("seccomp", "unknown", "does not tell", sound.with { $0.engine = .absent }),
        .finding("apparmor-selinux", "is unconfined", .medium, apparmor("unconfined")),
        .finding("apparmor-selinux", "is empty", .medium, apparmor("")),
        .finding("apparmor-selinux", "SELinux is off", .medium, sound.with { $0.engine = engine("name=selinux") }),
        .other("apparmor-selinux", "pass", "docker-default", apparmor("docker-default")),
        .other("apparmor-selinux", "inapplicable", "neither", sound),
        .finding("not-privileged", "HostConfig.Privileged is true", .critical, privileged),
        // What it can reach, and what can reach it.
        .finding("no-engine-socket", "/var/run/docker.sock", .critical, careless),
        .finding("no-engine-socket", "/run/podman", .critical, mounting("/run/podman/")),
        .finding("no-engine-socket", "hold /", .critical, mounting("/")),
        .finding(
            "no-engine-socket",
            "nothing but GET",
            .low,
            mounting("/var/run/docker.sock").with { $0.isOwn = true }
        ),
        .other("no-engine-socket", "pass", "no mount", mounting("/var/running")),
        .finding("published-ports", "8080/tcp to 0.0.0.0:80", .medium, publishing("8080/tcp", "0.0.0.0", "80")),
        .finding("published-ports", "5432/tcp to :::5432", .high, publishing("5432/tcp", "::", "5432")),
        .finding(
            "published-ports",
            "NetworkMode is host",
            .medium,
            sound.with("HostConfig.NetworkMode", .text("host"))
        ),
        .finding(
            "published-ports",
            "8080/tcp to 0.0.0.0:8080",
            .medium,
            stopped.with("HostConfig.PortBindings", .json(#"{"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]}"#))
        ),
        .other("published-ports", "pass", "no port", publishing("8080/tcp", "127.0.0.1", "80")),
        // Secrets.
        .finding("secrets-in-environment", "DB_PASSWORD (key:password, 14 characters)", .high, careless),
        .finding(
            "secrets-in-environment",
            "DATABASE_URL (url-password",
            .high,
            environment("DATABASE_URL=postgres://shop:s3cr3tpass@db/shop")
        ),
        .other(
            "secrets-in-environment",
            "pass",
            "nothing",
            environment("DB_PASSWORD_FILE=/run/secrets/db", "PORT=8080", "EMPTY=", "odd")
        ),
        .finding("secrets-in-arguments", "Args[2] (key:token", .high, careless),
        .finding(
            "secrets-in-arguments",
            "Args[1] (key:password",
            .high,
            arguments("--password", "correct-horse-battery")
        ),
        .finding(
            "secrets-in-arguments",
            "Healthcheck.Test[",
            .high,
            sound.with("Config.Healthcheck.Test", .json(#"["CMD", "curl", "http://u:s3cr3tpass@localhost/"]"#))
        ),
        .other(
            "secrets-in-arguments",
            "pass",
            "no argument",
            arguments("--password-file", "/run/secrets/db", "--port", "80")
        ),
    ]

    @Test("Each finding has its cause, and nothing else has", arguments: rows)
    func judges(_ row: Judgement) throws { try row.expectItHolds() }

    @Test("No finding holds a secret's value")
    func valuesStayIn() {
        for container in [Sample.careless, Self.environment("API_TOKEN=abcdef0123456789abcdef")] {
            let text = AuditReport(engine: .absent, containers: [ContainerReport(container)])
            for format in AuditFormat.allCases {
                for value in ["hunter2", "sk_live_51H8", "abc123secret", "abcdef0123456789", "AKIAIOSFODNN7"] {
                    #expect(!text.text(format).contains(value), "\(format) shows \(value)")
                }
            }
        }
    }

    // MARK: Variations

    private static var careless: ContainerEvidence { Sample.careless }

    /// It does not run: what was declared counts.
    private static var stopped: ContainerEvidence {
        sound.with("State.Running", .flag(false)).with { $0.processes = .absent }
    }

    private static var privileged: ContainerEvidence { sound.with("HostConfig.Privileged", .flag(true)) }

    private static func processes(_ users: String...) -> EngineAnswer {
        .json(
            #"{"Titles": ["PID", "UID", "COMMAND"], "Processes": ["#
                + users.map { "[\"1\", \"\($0)\", \"x\"]" }.joined(separator: ",") + "]}"
        )
    }

    private static func engine(_ option: String) -> EngineAnswer { .json("{\"SecurityOptions\": [\"\(option)\"]}") }

    private static func apparmor(_ profile: String) -> ContainerEvidence {
        sound.with("AppArmorProfile", .text(profile)).with { $0.engine = engine("name=apparmor") }
    }

    private static func mounting(_ path: String) -> ContainerEvidence {
        sound.with("Mounts", .json("[{\"Type\": \"bind\", \"Source\": \"\(path)\"}]"))
    }

    private static func publishing(_ port: String, _ address: String, _ hostPort: String) -> ContainerEvidence {
        sound.with(
            "NetworkSettings.Ports",
            .json("{\"\(port)\": [{\"HostIp\": \"\(address)\", \"HostPort\": \"\(hostPort)\"}]}")
        )
    }

    private static func environment(_ variables: String...) -> ContainerEvidence {
        sound.with("Config.Env", .list(variables.map { .text($0) }))
    }

    private static func arguments(_ arguments: String...) -> ContainerEvidence {
        sound.with("Path", .text("app")).with("Args", .list(arguments.map { .text($0) }))
    }
}
