extension Detector {
    /// Keys in armour, tokens with structure, and secrets that their surroundings give away.
    static let keysAndContexts: [Detector] = [
        Detector(
            "private-key",
            .secrets,
            "Private keys in PEM armour, with line ends in any form, whole or cut off.",
            form: .privateKey,
            anchors: [Anchor(text: "BEGIN ", wantsEdge: false)],
            positives: [
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE{b60}\n{b64}\n-----END RSA PRIVATE KEY-----",
                #"{"key":"-----BEGIN PRIVATE KEY-----\nMIIE{b60}\n-----END PRIVATE KEY-----\n"}"#,
                "-----BEGIN OPENSSH PRIVATE KEY----- {b64}", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n{b64}",
            ],
            nearMisses: ["-----BEGIN CERTIFICATE-----\nMIIE", "-----BEGIN PUBLIC KEY-----\nMIIE", "BEGIN TRANSACTION"],
            source: "RFC 7468, OpenSSH, RFC 9580"
        ),
        Detector(
            "base64-private-key",
            .secrets,
            "Private keys in PEM armour, in base64 once more.",
            form: .base64PrivateKey,
            anchors: [Anchor(text: "LS0tLS1CRUdJTi")],
            positives: ["LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2Z0lCQURBTkJna3Foa2lHOXcwQkFRRUZBQVNDQktn"],
            nearMisses: ["LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUR"],
            source: "RFC 7468 within RFC 4648"
        ),
        Detector(
            "putty-key",
            .secrets,
            "PuTTY private key files.",
            form: .puttyKey,
            anchors: [Anchor(text: "PuTTY-User-Key-File-", wantsEdge: false)],
            positives: [
                "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n{b44}\nPrivate-MAC: {h64}"
            ],
            nearMisses: ["PuTTY-User-Key"],
            source: "PuTTY"
        ),
        Detector(
            "jwt",
            .secrets,
            "JSON Web Tokens, signed or encrypted.",
            form: .jwt,
            anchors: ["eyJ", "ewo"].map { Anchor(text: $0, wordBytes: 14) },
            positives: [
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{s43}",
                "token=eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhIn0.{s86}",
                #"{"t":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.{s43}"}"#,
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4In0..{s16}.{s40}.{s22}",
            ],
            nearMisses: ["eyJhbGci", "eyJ.eyJ", "keyJhbGciOiJIUzI1NiJ9.x"],
            source: "RFC 7519, RFC 7516"
        ),
        Detector(
            "base64-json",
            .secrets,
            "JSON in base64 that holds something to hide: the whole run goes.",
            form: .base64JSON,
            // Base64 of a key's first letters has neither a plus sign nor a slash.
            anchors: ["eyJ", "ewo", "ZXlK"].map { Anchor(text: $0, wordBytes: 4) },
            precedence: .generic,
            positives: ["eyJwYXNzd29yZCI6Imh1bnRlcjJodW50ZXIyIn0="],
            nearMisses: ["eyJzdGF0dXMiOiJvayIsImNvdW50IjozfQ=="],
            source: "RFC 4648"
        ),
        Detector(
            "url-password",
            .secrets,
            "Passwords in URLs.",
            form: .urlPassword,
            shapes: MartletShape.at,
            positives: [
                "postgres://app:s3cr3t@db:5432/shop", "redis://:s3cr3t@cache", "https://u:p@ss@host.example/x",
                "amqp://guest:hunter22@mq/vhost", #"{"dsn":"mysql://root:s3cr3t@db/x"}"#,
            ],
            nearMisses: [
                "http://localhost:8080/@user", "https://example.com/a@b", "postgres://app@db/shop",
                "postgres://${USER}:${PASS}@db", "https://user:***@host",
            ],
            source: "RFC 3986"
        ),
        Detector(
            "authorization",
            .secrets,
            "Credentials behind an authentication scheme.",
            form: .authorizationScheme,
            anchors: [Anchor(text: "bearer ", folds: true), Anchor(text: "bearer%20", folds: true)],
            positives: ["Bearer {a32}", #"{"h":"Bearer {a40}"}"#, "auth=Bearer {s24},", "bearer {h40}"],
            nearMisses: [
                "Bearer token required", "bearer authentication failed", "Bearer realm=\"x\"", "Bearer ${TOKEN}",
            ],
            source: "RFC 6750"
        ),
        Detector(
            "basic-auth",
            .secrets,
            "User and password of HTTP basic authentication.",
            form: .basicScheme,
            anchors: [Anchor(text: "basic ", folds: true)],
            positives: ["Basic dXNlcjpwYXNzd29yZA==", "basic YWxhZGRpbjpvcGVuc2VzYW1l"],
            nearMisses: ["Basic authentication", "basic information", "BASIC plan"],
            source: "RFC 7617"
        ),
        Detector(
            "query-secret",
            .secrets,
            "Secrets in parameters whose names are too common to be keys elsewhere.",
            form: .queryParameter,
            anchors: [
                "?code=", "&code=", "?key=", "&key=", "&amp;key=", "?k=", "?ticket=", "&ticket=", "?assertion=",
                "&assertion=", "&client_assertion=",
            ].map { Anchor(text: $0, folds: true, wantsEdge: false) },
            precedence: .keyed,
            positives: ["GET /cb?code={a24}&state=x", "https://maps.example/api?v=3&key={s39}"],
            nearMisses: ["/list?key=name&x=1", "?code=200", "&key=id"],
            source: "RFC 6749"
        ),
        Detector(
            "sas-signature",
            .secrets,
            "Signatures of Azure shared access URLs.",
            form: .sasSignature,
            anchors: ["?sig=", "&sig="].map { Anchor(text: $0, folds: true, wantsEdge: false) },
            positives: ["https://x.blob.core.windows.net/c?sv=2024-11-04&se=2026-12-01&sig={a40}%3D"],
            nearMisses: ["/f?sig=12"],
            source: "Azure Storage SAS"
        ),
        Detector(
            "sql-password",
            .secrets,
            "Passwords in SQL statements.",
            form: .sqlPassword,
            anchors: ["identified by ", "with password ", "set password ", "password for ", " password '"].map {
                Anchor(text: $0, folds: true, wantsEdge: false)
            },
            precedence: .keyed,
            positives: [
                "CREATE USER 'a' IDENTIFIED BY 'hunter22'", "ALTER ROLE app WITH PASSWORD 'hunter22'",
                "SET PASSWORD FOR 'a'@'%' = PASSWORD('hunter22')",
            ],
            nearMisses: ["identified by its id", "with password reset", "invalid password for \"bob\" (bcrypt)"],
            source: "MySQL, PostgreSQL"
        ),
        Detector(
            "netrc-password",
            .secrets,
            "Passwords in netrc lines.",
            form: .netrc,
            anchors: [Anchor(text: " password ", folds: true, wantsEdge: false)],
            precedence: .keyed,
            positives: ["machine api.example login bob password hunter22"],
            nearMisses: [
                "wrong password given", "the password expired", "login - error - auth.pl, Password incorrect",
            ],
            source: "netrc(5)"
        ),
        Detector(
            "command-password",
            .secrets,
            "Passwords in command lines: `-u user:password`, `docker login -p`.",
            form: .curlUser,
            anchors: [
                Anchor(text: " -u ", wantsEdge: false), Anchor(text: " --user ", wantsEdge: false),
                Anchor(text: " -p ", wantsEdge: false),
            ],
            precedence: .keyed,
            positives: [
                "curl -u bob:hunter22 https://x.example", "docker login -u bob -p hunter22",
                "mysql --user bob:hunter22",
            ],
            nearMisses: ["sort -u file", "mkdir -p /var/lib/x", "cp -p a b", "ps -u root"],
            source: "curl(1), docker(1)"
        ),
    ]
}
