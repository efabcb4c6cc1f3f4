extension ConfigurationSchema {
    static let inputs: [SchemaKey] = [
        .init("docker", .mapping(docker), "The containers of an engine, through its API."),
        .init("journald", .mapping(journald), "The journal of this host."),
        .init("files", .list(.mapping(files)), "Files, in groups."),
        .init("stdin", .mapping([]), "Lines of standard input."),
    ]

    private static let containers = SchemaKind.list(
        .mapping([
            .init("name", .text, "The container's name, with *."),
            .init("image", .text, "The image, with *."),
            .init("label", .text, "KEY or KEY=VALUE."),
        ])
    )

    private static let docker: [SchemaKey] = [
        .init("socket", .text, "unix:///path or tcp://HOST:PORT.", "unix:///var/run/docker.sock"),
        .init("include", containers, "Containers to read; default all."),
        .init("exclude", containers, "Containers to leave alone; wins over include."),
        .init("start", .text, "In a container never seen before: beginning, now, or a duration back.", "beginning"),
        .init("stats", .duration, "How often CPU, memory and pids are sampled; 0 turns it off.", "15s"),
        .init("read", .choice(["stream", "file"]), "The engine's API, or its json-file logs.", "stream"),
    ]

    private static let journald: [SchemaKey] = [
        .init("units", .list(.text), "Units to read; default all."),
        .init("matches", .list(.text), "More conditions in the journal's own form FIELD=value."),
        .init(
            "priority",
            .choice(["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"]),
            "This and more severe.",
            "debug"
        ),
        .init("directory", .text, "A folder of journal files, instead of this host's journal."),
        .init("namespace", .text, "A namespace of the journal, instead of a folder."),
        .init("start", .text, "beginning, now, or a duration back.", "now"),
    ]

    private static let files: [SchemaKey] = [
        .init("paths", .list(.text), "Patterns with * and **."),
        .init("exclude", .list(.text), "Patterns to leave out."),
        .init("format", .choice(["cri", "docker", "lines"]), "How lines are framed.", "lines"),
        .init("start", .choice(["beginning", "now"]), "Where to begin in new files.", "beginning"),
    ]
}
