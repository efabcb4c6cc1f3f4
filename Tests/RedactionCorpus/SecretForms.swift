/// Forms of secrets, written down from the vendors' documentation and the rule sets of others, not from our catalogue.
enum SecretForms {
    /// Name, template; the whole of it must go.
    static let all: [(name: String, template: String)] = [
        ("aws-access-key", "AKIA{U16}"), ("aws-temporary-key", "ASIA{U16}"), ("aws-bedrock", "ABSK{b120}"),
        ("azure-client-secret", "{a3}8Q~{a34}"), ("google-api-key", "AIza{s35}"), ("google-client", "GOCSPX-{s28}"),
        ("google-oauth", "ya29.{s80}"), ("github-pat", "ghp_{a36}"), ("github-oauth", "gho_{a36}"),
        ("github-server", "ghs_{a36}"), ("github-refresh", "ghr_{a76}"),
        ("github-fine-grained", "github_pat_{a22}_{a59}"), ("gitlab-pat", "glpat-{s20}"),
        ("gitlab-routable", "glpat-{s27}.01.{l9}"), ("gitlab-deploy", "gldt-{s20}"), ("gitlab-runner", "glrt-{s20}"),
        ("gitlab-trigger", "glptt-{h40}"), ("gitlab-feed", "glft-{s20}"), ("gitlab-registration", "GR1348941{s20}"),
        ("atlassian", "ATATT3xFfGF0{s170}={H8}"), ("bitbucket", "ATBB{a32}"),
        ("slack-bot", "xoxb-{d12}-{d12}-{a24}"), ("slack-user", "xoxp-{d12}-{d12}-{d12}-{h32}"),
        ("slack-app", "xapp-1-A{U10}-{d13}-{h64}"), ("slack-refresh", "xoxe-1-{a146}"),
        ("slack-webhook", "https://hooks.slack.com/services/T{U8}/B{U10}/{a24}"),
        (
            "teams-webhook",
            "https://acme.webhook.office.com/webhookb2/{h8}-{h4}-{h4}-{h4}-{h12}@{h8}-{h4}-{h4}-{h4}-{h12}/IncomingWebhook/{h32}/{h8}-{h4}-{h4}-{h4}-{h12}"
        ),
        ("discord-webhook", "https://discord.com/api/webhooks/{d18}/{s68}"),
        ("stripe-live", "sk_live_{a24}"), ("stripe-long", "sk_live_{a99}"), ("stripe-restricted", "rk_live_{a24}"),
        ("stripe-test", "sk_test_{a24}"), ("stripe-webhook", "whsec_{a32}"), ("square", "sq0atp-{s22}"),
        ("square-secret", "sq0csp-{s43}"), ("shopify", "shpat_{h32}"), ("shopify-secret", "shpss_{h32}"),
        ("plaid", "access-production-{h8}-{h4}-{h4}-{h4}-{h12}"), ("anthropic", "sk-ant-api03-{s93}AA"),
        ("openai-project", "sk-proj-{s74}T3BlbkFJ{s74}"), ("openai", "sk-{a20}T3BlbkFJ{a20}"),
        ("openai-service", "sk-svcacct-{s58}T3BlbkFJ{s58}"), ("hugging-face", "hf_{w1}{a33}"), ("groq", "gsk_{a52}"),
        ("xai", "xai-{a80}"), ("replicate", "r8_{a37}"), ("perplexity", "pplx-{a48}"), ("npm", "npm_{a36}"),
        ("pypi", "pypi-AgEIcHlwaS5vcmc{s80}"), ("rubygems", "rubygems_{h48}"), ("docker", "dckr_pat_{s27}"),
        ("sendgrid", "SG.{s22}.{s43}"), ("mailgun", "key-{h32}"), ("mailchimp", "{h32}-us{d2}"),
        ("brevo", "xkeysib-{h64}-{a16}"), ("twilio", "SK{h32}"), ("vault", "hvs.{s95}"), ("vault-batch", "hvb.{s140}"),
        ("terraform", "{a14}.atlasv1.{s67}"), ("pulumi", "pul-{h40}"), ("doppler", "dp.pt.{a43}"),
        ("digitalocean", "dop_v1_{h64}"), ("fly", "fo1_{s43}"), ("cloudflare-origin", "v1.0-{h24}-{h146}"),
        ("newrelic", "NRAK-{U27}"), ("grafana-service", "glsa_{a32}_{h8}"), ("grafana-cloud", "glc_{b60}"),
        ("sentry-user", "sntryu_{h64}"), ("dynatrace", "dt0c01.{U24}.{U64}"), ("databricks", "dapi{h32}"),
        ("planetscale", "pscale_tkn_{s43}"), ("supabase", "sbp_{h40}"), ("linear", "lin_api_{a40}"),
        ("notion", "ntn_{a46}"), ("figma", "figd_{s40}"), ("airtable", "pat{a14}.{h64}"),
        ("postman", "PMAK-{h24}-{h34}"), ("tailscale", "tskey-auth-{a12}CNTRL-{a32}"),
        ("age", "AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"),
        ("1password", "ops_eyJ{b250}"), ("openshift", "sha256~{s43}"), ("alibaba", "LTAI{a20}"),
        ("telegram", "bot{d10}:A{s34}"), ("facebook", "EAAC{a120}"),
        ("jwt", "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiI{a30}.{s86}"),
        ("jwe", "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.{s60}.{s16}.{s80}.{s22}"),
        ("password-hash", "$2b$12${a53}"), ("argon2", "$argon2id$v=19$m=65536,t=3,p=4${b22}${b43}"),
        ("heroku", "HRKU-AA{s58}"), ("scaleway-like uuid key", "NRJS-{h19}"), ("clojars", "CLOJARS_{l60}"),
        ("prefect", "pnu_{l36}"), ("readme", "rdme_{l70}"), ("shippo", "shippo_live_{h40}"), ("typeform", "tfp_{s59}"),
        ("duffel", "duffel_live_{s43}"), ("frameio", "fio-u-{s64}"), ("easypost", "EZAK{a54}"),
        ("infracost", "ico-{a32}"), ("artifactory", "AKCp{a69}"),
    ]

    /// The same where only a part must go; the part is between `«` and `»`.
    static let partial: [(name: String, template: String)] = [
        ("url-password", "postgres://app:«{a14}»@db.internal:5432/shop"),
        ("url-password", "redis://:«{a20}»@cache:6379/0"), ("url-password", "amqps://svc:«{a9}%21{a3}»@mq/vhost"),
        ("url-password", "mongodb+srv://u:«{a12}»@c0.abcde.mongodb.net/x?retryWrites=true"),
        ("bearer", "Authorization: Bearer «{s40}»"), ("bearer", "authorization=Bearer «{a64}»"),
        ("basic", "Authorization: Basic «dXNlcjpo{a8}»"), ("api-key-header", "X-Api-Key: «{a32}»"),
        (
            "azure-storage",
            "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«{b86}==»;EndpointSuffix=core.windows.net"
        ),
        (
            "azure-sas",
            "https://x.blob.core.windows.net/c/f?sv=2024-11-04&se=2026-12-01T00%3A00Z&sr=b&sp=r&sig=«{a40}%2B{a2}%3D»"
        ),
        (
            "aws-presigned",
            "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=x&X-Amz-Signature=«{h64}»"
        ),
        ("gcs-signed", "https://storage.googleapis.com/b/o?X-Goog-Algorithm=GOOG4&X-Goog-Signature=«{h128}»"),
        ("oauth-code", "GET /callback?code=«{s40}»&state=xyz HTTP/1.1"),
        ("sqlserver", "Server=tcp:db,1433;Database=x;User ID=sa;Password=«{a14}»;Encrypt=true"),
        ("jdbc", "jdbc:mysql://db:3306/x?user=app&password=«{a14}»&useSSL=true"),
        (
            "kafka",
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"«{a14}»\";"
        ),
        ("npm-auth", "//registry.npmjs.org/:_authToken=«{a36}»"), ("netrc", "machine api.x login bob password «{a12}»"),
        ("curl", "curl -u admin:«{a12}» https://x.example/api"), ("sql", "CREATE USER a IDENTIFIED BY '«{a12}»'"),
        ("cookie", "Cookie: lang=en; sid=«{a32}»; theme=dark"),
        ("set-cookie", "Set-Cookie: SESSION=«{a32}»; Path=/; HttpOnly"),
        ("otpauth", "otpauth://totp/acme:bob?secret=«JBSWY3DPEHPK3PX{d1}»&issuer=acme"),
        ("private-key", "-----BEGIN EC PRIVATE KEY-----\\n«MHcCAQEE{b56}»\\n-----END EC PRIVATE KEY-----"),
        ("docker-config", "{\\\"auths\\\":{\\\"r.example\\\":{\\\"auth\\\":\\\"«dXNlcjpo{a12}»\\\"}}}"),
    ]
}
