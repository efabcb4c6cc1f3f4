extension Detector {
    /// Payment, messaging and other services.
    static let serviceTokens: [Detector] = [
        .init(
            token: "slack-token",
            ["xoxb-", "xoxp-", "xoxa-", "xoxo-", "xoxs-", "xoxr-", "xoxe-", "xoxe.", "xoxc-", "xoxd-"],
            #"[A-Za-z0-9.%-]{15,}"#,
            sample: "xoxb-{d12}-{d12}-{a24}",
            misses: ["xoxb-your-token-here", "xoxp-"],
            source: "gitleaks slack-*"
        ),
        .init(
            token: "slack-app-token",
            ["xapp-"],
            #"\d-[A-Z0-9]{6,}-\d{6,}-[a-z0-9]{16,}"#,
            sample: "xapp-1-A{u10}-{d13}-{h64}",
            misses: ["xapp-1"],
            source: "gitleaks slack-app-token"
        ),
        Detector(
            "webhook-url",
            .secrets,
            "Webhook URLs of Slack, Teams, Discord and others: the path is the secret.",
            form: .webhook,
            anchors: [
                "hooks.slack.com/", "webhook.office.com/", "/api/webhooks/", "hooks.zapier.com/hooks/", "webhookb2/",
            ].map { Anchor(text: $0, wantsEdge: false) },
            positives: [
                "https://hooks.slack.com/services/T{u8}/B{u10}/{a24}",
                "see https://discord.com/api/webhooks/{d18}/{s68}.",
                "https://acme.webhook.office.com/webhookb2/{h32}@{h32}/IncomingWebhook/{h32}",
            ],
            nearMisses: [
                "https://hooks.slack.com/", "GET /api/webhooks/ 200", "https://api.shop.example/api/webhooks/orders",
            ],
            source: "gitleaks slack-webhook-url, trufflehog discordwebhook"
        ),
        .init(
            token: "discord-bot-token",
            ["MD", "MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"],
            #"[A-Za-z0-9_-]{22,26}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}"#,
            sample: "MTA{a21}.{s6}.{s38}",
            misses: ["MTA.example.com", "NT.10.0"],
            source: "trufflehog discordbottoken: ids are base64 of digits"
        ),
        .init(
            token: "telegram-bot-token",
            (0...9).map { "\($0):A" },
            #"\d{7,9}[A-Za-z0-9_-]{34}"#,
            sample: "bot{d9}:AA{s33}",
            misses: ["123456789:AAsoon"],
            rules: [.lookBack, .plain],
            wantsEdge: false,
            source: "gitleaks telegram-bot-api-token"
        ),
        .init(
            token: "stripe-key",
            ["sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_"],
            #"[A-Za-z0-9]{10,}"#,
            sample: "sk_live_{a24}",
            misses: ["pk_live_{a24}", "sk_test_case"],
            source: "gitleaks stripe-access-token"
        ),
        .init(
            token: "stripe-webhook-secret",
            ["whsec_"],
            #"[A-Za-z0-9+/=]{24,}"#,
            sample: "whsec_{a32}",
            misses: ["whsec_name"],
            source: "Stripe documentation"
        ),
        .init(
            token: "square-token",
            ["EAAA"],
            #"[A-Za-z0-9_-]{22,60}"#,
            sample: "EAAA{s60}",
            misses: ["EAAAAAAA"],
            rules: .exact,
            source: "gitleaks square-access-token"
        ),
        .init(
            token: "square-secret",
            ["sq0atp-", "sq0csp-"],
            #"[A-Za-z0-9_-]{22,}"#,
            sample: "sq0csp-{s43}",
            misses: ["sq0csp-"],
            source: "gitleaks square-access-token"
        ),
        .init(
            token: "shopify-token",
            ["shpat_", "shpca_", "shppa_", "shpss_"],
            #"[a-fA-F0-9]{32}"#,
            sample: "shpat_{h32}",
            misses: ["shpss_x"],
            source: "gitleaks shopify-*"
        ),
        .init(
            token: "plaid-token",
            ["access-sandbox-", "access-development-", "access-production-"],
            #"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"#,
            sample: "access-production-{h8}-{h4}-{h4}-{h4}-{h12}",
            misses: ["access-sandbox-mode"],
            source: "gitleaks plaid-api-token"
        ),
        .init(
            token: "facebook-token",
            ["EAAC", "EAAM", "EAAB", "EAAG"],
            #"[A-Za-z0-9]{90,}"#,
            sample: "EAAC{a120}",
            misses: ["EAACshort"],
            source: "gitleaks facebook-page-access-token"
        ),
        Detector(
            "facebook-app-token",
            .secrets,
            "Facebook app tokens: app id, pipe, secret.",
            form: .appAccessToken,
            shapes: MartletShape.longDigits,
            positives: ["token 123456789012345|{a27}"],
            nearMisses: ["123456789012345|short"],
            source: "gitleaks facebook-access-token"
        ),
        .init(
            token: "twitter-bearer",
            ["AAAAAAAAAAAAAAAAAAAAA"],
            #"[A-Za-z0-9%]{60,100}"#,
            sample: "AAAAAAAAAAAAAAAAAAAAA{a80}",
            misses: [
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            ],
            source: "gitleaks twitter-bearer-token"
        ),
        .init(
            token: "sendgrid-key",
            ["SG."],
            #"[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{36,64}"#,
            sample: "SG.{s22}.{s43}",
            misses: ["SG.TYPE.NAME", "MSG.TYPE.NAME"],
            source: "gitleaks sendgrid-api-token"
        ),
        .init(
            token: "mailgun-key",
            ["key-"],
            #"[a-f0-9]{32}"#,
            sample: "key-{h32}",
            misses: ["key-value", "key-0123456789abcdef0123456789abcdef01"],
            rules: .exact,
            source: "gitleaks mailgun-private-api-token"
        ),
        .init(
            token: "mailchimp-key",
            ["-us"],
            #"[a-f0-9]{32}\d{1,2}"#,
            sample: "{h32}-us12",
            misses: ["en-us12", "thanks-us"],
            rules: [.lookBack, .plain, .exact],
            wantsEdge: false,
            source: "gitleaks mailchimp-api-key"
        ),
        .init(
            token: "brevo-key",
            ["xkeysib-", "xsmtpsib-"],
            #"[a-f0-9]{64}-[A-Za-z0-9]{16}"#,
            sample: "xkeysib-{h64}-{a16}",
            misses: ["xkeysib-"],
            source: "gitleaks sendinblue-api-token"
        ),
        .init(
            token: "twilio-key",
            ["SK"],
            #"[0-9A-Fa-f]{32}"#,
            sample: "SK{h32}",
            misses: ["SKU123", "ACdeadbeefdeadbeefdeadbeefdeadbeef"],
            rules: .exact,
            source: "gitleaks twilio-api-key"
        ),
        .init(
            token: "newrelic-key",
            ["NRAK-", "NRII-", "NRJS-", "NRRA-", "NRAA-"],
            #"[A-Za-z0-9_-]{19,}"#,
            sample: "NRAK-{u27}",
            misses: ["NRAK-1"],
            source: "gitleaks new-relic-*"
        ),
        .init(
            token: "grafana-token",
            ["glsa_"],
            #"[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"#,
            sample: "glsa_{a32}_{h8}",
            misses: ["glsa_x"],
            source: "gitleaks grafana-service-account-token"
        ),
        .init(
            token: "grafana-api-key",
            ["eyJrIjoi"],
            #"[A-Za-z0-9+/]{70,}=*"#,
            sample: "eyJrIjoi{b80}",
            misses: ["eyJrIjoidiJ9"],
            source: "gitleaks grafana-api-key"
        ),
        .init(
            token: "grafana-cloud-token",
            ["glc_"],
            #"[A-Za-z0-9+/]{32,}=*"#,
            sample: "glc_{a80}",
            misses: ["glc_column_name"],
            source: "gitleaks grafana-cloud-api-token"
        ),
        .init(
            token: "sentry-token",
            ["sntryu_", "sntrya_"],
            #"[a-f0-9]{64}"#,
            sample: "sntryu_{h64}",
            misses: ["sntryu_x"],
            source: "gitleaks sentry-user-token"
        ),
        .init(
            token: "sentry-org-token",
            ["sntrys_"],
            #"eyJ[A-Za-z0-9+/=_-]{40,}"#,
            sample: "sntrys_eyJ{b120}_{b43}",
            misses: ["sntrys_x"],
            source: "gitleaks sentry-org-token"
        ),
        .init(
            token: "dynatrace-token",
            ["dt0c01.", "dt0s16.", "dt0s01."],
            #"[A-Za-z0-9]{24}\.[A-Za-z0-9]{64}"#,
            sample: "dt0c01.{u24}.{u64}",
            misses: ["dt0c01.x"],
            source: "gitleaks dynatrace-api-token"
        ),
        .init(
            token: "datadog-key",
            ["ddapp_", "DDRCM_"],
            #"[A-Za-z0-9]{30,}"#,
            sample: "ddapp_{a34}",
            misses: ["ddapp_x"],
            source: "Datadog documentation"
        ),
        .init(
            token: "okta-token",
            ["SSWS "],
            #"[A-Za-z0-9_-]{40,}"#,
            sample: "SSWS 00{s40}",
            misses: ["SSWS token"],
            rules: .keepsLiteral,
            source: "Okta documentation"
        ),
        .init(
            token: "contentful-token",
            ["CFPAT-"],
            #"[A-Za-z0-9_-]{43}"#,
            sample: "CFPAT-{s43}",
            misses: ["CFPAT-x"],
            source: "Contentful documentation"
        ),
        .init(
            token: "hubspot-token",
            ["pat-na1-", "pat-eu1-", "pat-na2-"],
            #"[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}"#,
            sample: "pat-na1-{h8}-{h4}-{h4}-{h4}-{h12}",
            misses: ["pat-na1-x"],
            source: "trufflehog hubspot"
        ),
        .init(
            token: "razorpay-key",
            ["rzp_live_", "rzp_test_"],
            #"[A-Za-z0-9]{14}"#,
            sample: "rzp_live_{a14}",
            misses: ["rzp_live_x"],
            source: "trufflehog razorpay"
        ),
        .init(
            token: "flutterwave-key",
            ["FLWSECK_TEST-", "FLWSECK-"],
            #"[a-hA-H0-9]{12,}"#,
            sample: "FLWSECK-{h32}",
            misses: ["FLWPUBK-{h32}"],
            source: "gitleaks flutterwave-secret-key"
        ),
        .init(
            token: "intra42-secret",
            ["s-s4t2ud-", "s-s4t2af-"],
            #"[a-f0-9]{64}"#,
            sample: "s-s4t2ud-{h64}",
            misses: ["s-s4t2ud-1"],
            source: "gitleaks intra42-client-secret"
        ),
        .init(
            token: "shippo-token",
            ["shippo_live_", "shippo_test_"],
            #"[a-fA-F0-9]{40}"#,
            sample: "shippo_live_{h40}",
            misses: ["shippo_test_1"],
            source: "gitleaks shippo-api-token"
        ),
    ]
}
