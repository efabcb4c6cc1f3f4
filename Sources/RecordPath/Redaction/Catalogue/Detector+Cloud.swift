extension Detector {
    /// Clouds and their storage.
    ///
    /// `gitleaks` and `trufflehog` name the rule a format was taken from; where they differ the wider one counts.
    static let cloudTokens: [Detector] = [
        .init(
            token: "aws-access-key",
            ["AKIA", "ASIA", "ABIA", "ACCA"],
            "[A-Z0-9]{16}",
            sample: "AKIA{u16}",
            misses: ["AKIAIOSFODNN7EXAMPLE", "SOUTHASIAREGION0012345", "ASIA pacific"],
            rules: .exact,
            source: "gitleaks aws-access-token"
        ),
        .init(
            token: "aws-legacy-access-key",
            ["A3T"],
            "[A-Z0-9]{17}",
            sample: "A3T{u17}",
            misses: ["A3T", "A3TABLE"],
            rules: .exact,
            source: "gitleaks aws-access-token"
        ),
        .init(
            token: "aws-session-token",
            ["IQoJ", "FwoG"],
            #"[A-Za-z0-9+/=]{100,}"#,
            sample: "IQoJ{b180}",
            misses: ["IQoJshort"],
            source: "AWS STS documentation"
        ),
        .init(
            token: "aws-bedrock-key",
            ["ABSK", "bedrock-api-key-"],
            #"[A-Za-z0-9+/=]{60,}"#,
            sample: "ABSK{b120}",
            misses: ["ABSK was here"],
            source: "gitleaks aws-amazon-bedrock-api-key"
        ),
        .init(
            token: "signed-url",
            [
                "X-Amz-Signature=", "X-Amz-Security-Token=", "X-Amz-Credential=", "X-Goog-Signature=",
                "X-Goog-Credential=", "X-Amz-Signature%3D",
            ],
            #"[A-Za-z0-9%+/=._-]{16,}"#,
            sample: "X-Amz-Signature={h64}",
            misses: ["X-Amz-Signature=", "X-Amz-Date=20261121T000000Z"],
            rules: .keepsLiteral,
            folds: true,
            source: "AWS and Google signed URLs"
        ),
        .init(
            token: "azure-client-secret",
            ["Q~"],
            #"[A-Za-z0-9_~.]{4}[A-Za-z0-9_~.-]{31,34}"#,
            sample: "k8p8Q~{s31}",
            misses: ["Q~Q~Q~Q~Q~", "a ~ b"],
            rules: .lookBack,
            wantsEdge: false,
            source: "gitleaks azure-ad-client-secret"
        ),
        .init(
            token: "azure-storage-key",
            ["AccountKey="],
            #"[A-Za-z0-9+/%]{80,}=*"#,
            sample: "AccountKey={b86}==",
            misses: ["AccountKey=", "AccountKey=<key>"],
            rules: .keepsLiteral,
            wantsEdge: false,
            folds: true,
            source: "trufflehog azurestorage"
        ),
        .init(
            token: "azure-shared-access-key",
            ["AccessKey="],
            #"[A-Za-z0-9+/%]{40,}=*"#,
            sample: "SharedAccessKey={b43}=",
            misses: ["AccessKey=none"],
            rules: .keepsLiteral,
            wantsEdge: false,
            folds: true,
            source: "Azure Service Bus documentation"
        ),
        .init(
            token: "google-api-key",
            ["AIza"],
            #"[A-Za-z0-9_-]{35}"#,
            sample: "AIza{s35}",
            misses: ["AIza is a prefix", "AIzaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
            source: "gitleaks gcp-api-key"
        ),
        .init(
            token: "google-oauth-secret",
            ["GOCSPX-"],
            #"[A-Za-z0-9_-]{28,}"#,
            sample: "GOCSPX-{s28}",
            misses: ["GOCSPX-"],
            source: "Google OAuth clients"
        ),
        .init(
            token: "google-oauth-token",
            ["ya29."],
            #"[A-Za-z0-9_-]{30,}"#,
            sample: "ya29.{s80}",
            misses: ["ya29.short"],
            source: "trufflehog googleoauth2"
        ),
        .init(
            token: "google-refresh-token",
            ["1//0"],
            #"[A-Za-z0-9_-]{40,}"#,
            sample: "1//0{s60}",
            misses: ["1//0 == 0"],
            source: "Google OAuth refresh tokens"
        ),
        .init(
            token: "alibaba-access-key",
            ["LTAI"],
            #"[A-Za-z0-9]{20}"#,
            sample: "LTAI{a20}",
            misses: ["LTAIL"],
            source: "gitleaks alibaba-access-key-id"
        ),
        .init(
            token: "yandex-token",
            ["t1."],
            #"[A-Za-z0-9_-]{6,}=*\.[A-Za-z0-9_-]{86}=*"#,
            sample: "t1.{a12}.{s86}",
            misses: ["t1.micro.large"],
            source: "gitleaks yandex-access-token"
        ),
        .init(
            token: "yandex-api-key",
            ["AQVN"],
            #"[A-Za-z0-9_-]{35,38}"#,
            sample: "AQVN{s35}",
            misses: ["AQVN"],
            source: "gitleaks yandex-api-key"
        ),
        .init(
            token: "yandex-aws-key",
            ["YCAJ", "YCM", "YCN", "YCO", "YCP"],
            #"[A-Za-z0-9_-]{36,38}"#,
            sample: "YCM{s37}",
            misses: ["YCMODE"],
            rules: .exact,
            source: "gitleaks yandex-aws-access-token"
        ),
        .init(
            token: "tencent-secret-id",
            ["AKID"],
            #"[A-Za-z0-9]{32}"#,
            sample: "AKID{a32}",
            misses: ["AKIDS"],
            rules: .exact,
            source: "trufflehog tencent"
        ),
        .init(
            token: "digitalocean-token",
            ["dop_v1_", "doo_v1_", "dor_v1_"],
            #"[a-f0-9]{64}"#,
            sample: "dop_v1_{h64}",
            misses: ["dop_v1_short"],
            source: "gitleaks digitalocean-pat"
        ),
        .init(
            token: "heroku-api-key",
            ["HRKU-"],
            #"[A-Za-z0-9_-]{36,}"#,
            sample: "HRKU-AA{s58}",
            misses: ["HRKU-"],
            source: "gitleaks heroku-api-key-v2"
        ),
        .init(
            token: "fly-token",
            ["fo1_", "fm1a_", "fm1r_", "fm2_"],
            #"[A-Za-z0-9+/=_,-]{43,}"#,
            sample: "fo1_{s43}",
            misses: ["fm2_mode"],
            source: "gitleaks flyio-access-token"
        ),
        .init(
            token: "cloudflare-origin-ca",
            ["v1.0-"],
            #"[a-f0-9]{24}-[a-f0-9]{146}"#,
            sample: "v1.0-{h24}-{h146}",
            misses: ["v1.0-beta2", "v1.0-20261121"],
            source: "gitleaks cloudflare-origin-ca-key"
        ),
        .init(
            token: "cloudflare-token",
            ["cfut_", "cfat_"],
            #"[A-Za-z0-9_-]{40,}"#,
            sample: "cfut_{a48}",
            misses: ["cfat_x"],
            source: "Cloudflare API tokens"
        ),
        .init(
            token: "scaleway-key",
            ["SCW"],
            #"[A-Z0-9]{17}"#,
            sample: "SCW{u17}",
            misses: ["SCWINDOWS"],
            rules: .exact,
            source: "trufflehog scalewaykey"
        ),
        .init(
            token: "ibm-cloud-key",
            ["ApiKey-"],
            #"[A-Za-z0-9-]{36}"#,
            sample: "ApiKey-{l8}-{l4}-{l4}-{l4}-{l12}",
            misses: ["ApiKey-Id"],
            rules: .exact,
            source: "IBM Cloud user API keys"
        ),
    ]
}
