extension Detector {
    /// Secret stores, infrastructure tools and databases.
    static let infrastructureTokens: [Detector] = [
        .init(
            token: "vault-token",
            ["hvs.", "hvb.", "hvr."],
            #"[A-Za-z0-9_-]{24,}"#,
            sample: "hvs.{s96}",
            misses: ["hvs.io"],
            source: "gitleaks vault-service-token"
        ),
        .init(
            token: "vault-legacy-token",
            ["s."],
            #"[A-Za-z0-9]{24}"#,
            sample: "vault token s.{a24}",
            misses: ["class s.toString", "s.ServeHTTPConnectionWithContext"],
            rules: [.exact, .inContext],
            source: "HashiCorp Vault before 1.10"
        ),
        .init(
            token: "terraform-token",
            [".atlasv1."],
            #"[A-Za-z0-9]{14}[A-Za-z0-9_=-]{60,70}"#,
            sample: "{a14}.atlasv1.{s67}",
            misses: [".atlasv1."],
            rules: .lookBack,
            wantsEdge: false,
            source: "gitleaks hashicorp-tf-api-token"
        ),
        .init(
            token: "pulumi-token",
            ["pul-"],
            #"[a-f0-9]{40}"#,
            sample: "pul-{h40}",
            misses: ["pul-request"],
            source: "gitleaks pulumi-api-token"
        ),
        .init(
            token: "doppler-token",
            ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."],
            #"[A-Za-z0-9_.-]{40,}"#,
            sample: "dp.pt.{a43}",
            misses: ["dp.st.x"],
            source: "gitleaks doppler-api-token"
        ),
        .init(
            token: "databricks-token",
            ["dapi"],
            #"[a-f0-9]{32}"#,
            sample: "dapi{h32}-2",
            misses: ["dapifier"],
            source: "gitleaks databricks-api-token"
        ),
        .init(
            token: "planetscale-token",
            ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"],
            #"[A-Za-z0-9_.=-]{32,}"#,
            sample: "pscale_tkn_{s43}",
            misses: ["pscale_pw_x"],
            source: "gitleaks planetscale-*"
        ),
        .init(
            token: "supabase-token",
            ["sbp_"],
            #"[a-f0-9]{40}"#,
            sample: "sbp_{h40}",
            misses: ["sbp_x"],
            source: "trufflehog supabasetoken"
        ),
        .init(
            token: "supabase-key",
            ["sb_secret_"],
            #"[A-Za-z0-9_-]{20,}"#,
            sample: "sb_secret_{s31}",
            misses: ["sb_secret_x"],
            source: "Supabase documentation"
        ),
        .init(
            token: "clickhouse-key",
            ["4b1d"],
            #"[A-Za-z0-9]{38}"#,
            sample: "api key 4b1d{a38}",
            misses: ["4b1d0e8fa93c4e1b8b1f"],
            rules: [.exact, .inContext],
            source: "gitleaks clickhouse-cloud-api-secret-key"
        ),
        .init(
            token: "tailscale-key",
            ["tskey-"],
            #"[a-z]{2,12}-[A-Za-z0-9]{6,}-[A-Za-z0-9]{16,}"#,
            sample: "tskey-auth-{a12}-{a32}",
            misses: ["tskey-auth"],
            source: "trufflehog tailscale"
        ),
        .init(
            token: "age-secret-key",
            ["AGE-SECRET-KEY-1"],
            #"[A-Z0-9]{58}"#,
            sample: "AGE-SECRET-KEY-1{u58}",
            misses: ["AGE-SECRET-KEY-1"],
            source: "gitleaks age-secret-key"
        ),
        .init(
            token: "1password-token",
            ["ops_eyJ"],
            #"[A-Za-z0-9+/=_-]{100,}"#,
            sample: "ops_eyJ{b250}",
            misses: ["ops_eyJ"],
            source: "gitleaks 1password-service-account-token"
        ),
        .init(
            token: "1password-secret-key",
            ["A3-"],
            #"[A-Z0-9]{6}-[A-Z0-9]{5,}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}"#,
            sample: "A3-{u6}-{u6}-{u5}-{u5}-{u5}",
            misses: ["A3-SIZE"],
            source: "gitleaks 1password-secret-key"
        ),
        .init(
            token: "openshift-token",
            ["sha256~"],
            #"[A-Za-z0-9_-]{43}"#,
            sample: "sha256~{s43}",
            misses: ["sha256:{h64}"],
            source: "gitleaks openshift-user-token"
        ),
        .init(
            token: "harness-token",
            ["pat.", "sat."],
            #"[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}"#,
            sample: "pat.{s22}.{a24}.{a20}",
            misses: ["sat.mon.tue"],
            source: "gitleaks harness-api-key"
        ),
        .init(
            token: "aiven-token",
            ["AVNS_"],
            #"[A-Za-z0-9_-]{19}"#,
            sample: "AVNS_{s19}",
            misses: ["AVNS_x"],
            source: "trufflehog aiven"
        ),
        .init(
            token: "octopus-key",
            ["API-"],
            #"[A-Z0-9]{26}"#,
            sample: "API-{u26}",
            misses: ["API-KEY-HEADER", "API-GATEWAY"],
            rules: .exact,
            source: "gitleaks octopus-deploy-api-key"
        ),
        .init(
            token: "infracost-key",
            ["ico-"],
            #"[A-Za-z0-9]{32}"#,
            sample: "ico-{a32}",
            misses: ["ico-file"],
            rules: .exact,
            source: "gitleaks infracost-api-token"
        ),
        .init(
            token: "ssh-key-body",
            ["b3BlbnNzaC1rZXktdjE"],
            #"[A-Za-z0-9+/=]{16,}"#,
            sample: "b3BlbnNzaC1rZXktdjE{b120}",
            misses: ["b3BlbnNzaC1rZXktdjE"],
            source: "OpenSSH key format"
        ),
        .init(
            token: "password-hash",
            ["$2a$", "$2b$", "$2y$"],
            #"\d\d\$[./A-Za-z0-9]{53}"#,
            sample: "$2b$12${a53}",
            misses: ["$2b$12$short"],
            wantsEdge: false,
            source: "crypt(5)"
        ),
        .init(
            token: "argon2-hash",
            ["$argon2"],
            #"[id]+\$[A-Za-z0-9=,$+/]{40,}"#,
            sample: "$argon2id$v=19$m=65536,t=3,p=4${b22}${b43}",
            misses: ["$argon2id$"],
            wantsEdge: false,
            source: "RFC 9106"
        ),
        .init(
            token: "crypt-hash",
            ["$6$", "$5$"],
            #"[./A-Za-z0-9=]{1,24}\$[./A-Za-z0-9$]{43,}"#,
            sample: "$6${a16}${a86}",
            misses: ["$5$10"],
            wantsEdge: false,
            source: "crypt(5)"
        ),
        .init(
            token: "ssha-hash",
            ["{SSHA}", "{SSHA512}", "{SSHA256}"],
            #"[A-Za-z0-9+/=]{20,}"#,
            sample: "{SSHA}{b40}",
            misses: ["{SSHA}"],
            rules: .keepsLiteral,
            wantsEdge: false,
            source: "RFC 2307"
        ),
    ]
}
