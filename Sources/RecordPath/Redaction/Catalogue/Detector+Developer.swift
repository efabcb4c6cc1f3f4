extension Detector {
    /// Code hosts, package registries and the tools of developers.
    static let developerTokens: [Detector] = [
        .init(
            token: "github-token",
            ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
            #"[A-Za-z0-9_]{36,}"#,
            sample: "ghp_{a36}",
            misses: ["ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "ghs_short"],
            source: "gitleaks github-pat"
        ),
        .init(
            token: "github-fine-grained-token",
            ["github_pat_"],
            #"\w{36,}"#,
            sample: "github_pat_{a22}_{a59}",
            misses: ["github_pat_name"],
            source: "gitleaks github-fine-grained-pat"
        ),
        .init(
            token: "gitlab-token",
            [
                "glpat-", "gldt-", "glrt-", "glft-", "glimt-", "glsoat-", "gloas-", "glagent-", "glptt-", "glcbt-",
                "glffct-",
            ],
            #"[A-Za-z0-9_.-]{20,}"#,
            sample: "glpat-{s20}",
            misses: ["glpat-short", "glft-file"],
            source: "gitleaks gitlab-*"
        ),
        .init(
            token: "gitlab-runner-registration",
            ["GR1348941"],
            #"[A-Za-z0-9_-]{20,}"#,
            sample: "GR1348941{s20}",
            misses: ["GR1348941"],
            source: "gitleaks gitlab-rrt"
        ),
        .init(
            token: "atlassian-token",
            ["ATATT3", "ATCTT3"],
            #"[A-Za-z0-9_=.-]{40,}"#,
            sample: "ATATT3xFf{s170}={u8}",
            misses: ["ATATT3xFf"],
            source: "gitleaks atlassian-api-token"
        ),
        .init(
            token: "bitbucket-app-password",
            ["ATBB"],
            #"[A-Za-z0-9]{32}"#,
            sample: "ATBB{a32}",
            misses: ["ATBBS"],
            source: "trufflehog bitbucketapppassword"
        ),
        .init(
            token: "npm-token",
            ["npm_"],
            #"[A-Za-z0-9]{36}"#,
            sample: "npm_{a36}",
            misses: ["npm_config_registry=https", "npm_package_json_version_and_more_words"],
            source: "gitleaks npm-access-token"
        ),
        .init(
            token: "npm-auth",
            ["_authToken=", "_auth=", "_password="],
            #"[A-Za-z0-9+/=._-]{8,}"#,
            sample: "//registry.npmjs.org/:_authToken={a36}",
            misses: ["_authToken=${NPM_TOKEN}"],
            rules: .keepsLiteral,
            wantsEdge: false,
            source: "npm documentation"
        ),
        .init(
            token: "pypi-token",
            ["pypi-AgE"],
            #"[A-Za-z0-9_-]{50,}"#,
            sample: "pypi-AgEIcHlwaS5vcmc{s70}",
            misses: ["pypi-AgE"],
            source: "gitleaks pypi-upload-token"
        ),
        .init(
            token: "rubygems-token",
            ["rubygems_"],
            #"[a-f0-9]{48}"#,
            sample: "rubygems_{h48}",
            misses: ["rubygems_version"],
            source: "gitleaks rubygems-api-token"
        ),
        .init(
            token: "nuget-key",
            ["oy2"],
            #"[a-z0-9]{43}"#,
            sample: "oy2{l43}",
            misses: ["oy2oy2"],
            rules: .exact,
            source: "NuGet API keys"
        ),
        .init(
            token: "docker-token",
            ["dckr_pat_", "dckr_oat_"],
            #"[A-Za-z0-9_-]{24,}"#,
            sample: "dckr_pat_{s27}",
            misses: ["dckr_pat_"],
            source: "trufflehog dockerhub"
        ),
        .init(
            token: "jfrog-api-key",
            ["AKCp"],
            #"[A-Za-z0-9]{60,73}"#,
            sample: "AKCp{a69}",
            misses: ["AKCp8"],
            source: "gitleaks artifactory-api-key"
        ),
        .init(
            token: "jfrog-reference-token",
            ["cmVmd"],
            #"[A-Za-z0-9]{59}"#,
            sample: "cmVmd{a59}",
            misses: ["cmVmdWxhcg=="],
            rules: .exact,
            source: "gitleaks artifactory-reference-token"
        ),
        .init(
            token: "anthropic-key",
            ["sk-ant-"],
            #"[A-Za-z0-9_-]{40,}"#,
            sample: "sk-ant-api03-{s93}AA",
            misses: ["sk-ant-hill"],
            source: "gitleaks anthropic-api-key"
        ),
        .init(
            token: "openai-key",
            ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-", "sk-or-v1-"],
            #"[A-Za-z0-9_-]{20,}"#,
            sample: "sk-proj-{s58}T3BlbkFJ{s58}",
            misses: ["sk-proj-a", "task-project-one"],
            source: "gitleaks openai-api-key"
        ),
        .init(
            token: "openai-legacy-key",
            ["T3BlbkFJ"],
            #"[A-Za-z0-9_-]{16,}[A-Za-z0-9_-]{16,}"#,
            sample: "sk-{a20}T3BlbkFJ{a20}",
            misses: ["T3BlbkFJ"],
            rules: .lookBack,
            wantsEdge: false,
            source: "gitleaks openai-api-key"
        ),
        .init(
            token: "secret-key",
            ["sk-"],
            #"[A-Za-z0-9]{40,64}"#,
            sample: "api key sk-{a48}",
            misses: ["task sk-1", "sk-learn"],
            rules: [.exact, .inContext],
            source: "DeepSeek, OpenAI and others"
        ),
        .init(
            token: "huggingface-token",
            ["hf_", "api_org_"],
            #"[A-Za-z0-9]{34}"#,
            sample: "hf_{a34}",
            misses: ["hf_model_name", "hf_transfer"],
            rules: .exact,
            source: "gitleaks huggingface-access-token"
        ),
        .init(
            token: "groq-key",
            ["gsk_"],
            #"[A-Za-z0-9]{52}"#,
            sample: "gsk_{a52}",
            misses: ["gsk_renderer"],
            source: "trufflehog groq"
        ),
        .init(
            token: "xai-key",
            ["xai-"],
            #"[A-Za-z0-9_]{70,}"#,
            sample: "xai-{a80}",
            misses: ["xai-gateway"],
            source: "trufflehog xai"
        ),
        .init(
            token: "replicate-token",
            ["r8_"],
            #"[A-Za-z0-9]{37}"#,
            sample: "r8_{a37}",
            misses: ["r8_unorm"],
            rules: .exact,
            source: "trufflehog replicate"
        ),
        .init(
            token: "perplexity-key",
            ["pplx-"],
            #"[A-Za-z0-9]{48}"#,
            sample: "pplx-{a48}",
            misses: ["pplx-api"],
            source: "gitleaks perplexity-api-key"
        ),
        .init(
            token: "linear-key",
            ["lin_api_", "lin_oauth_"],
            #"[A-Za-z0-9]{40}"#,
            sample: "lin_api_{a40}",
            misses: ["lin_api_version"],
            source: "gitleaks linear-api-key"
        ),
        .init(
            token: "notion-token",
            ["ntn_"],
            #"[A-Za-z0-9]{43,50}"#,
            sample: "ntn_{a46}",
            misses: ["ntn_id"],
            source: "gitleaks notion-api-token"
        ),
        .init(
            token: "notion-legacy-token",
            ["secret_"],
            #"[A-Za-z0-9]{43}"#,
            sample: "secret_{a43}",
            misses: ["secret_name", "secret_access_key_id_is_missing_in_this_config"],
            rules: .exact,
            source: "trufflehog notion"
        ),
        .init(
            token: "figma-token",
            ["figd_", "figo_", "figu_", "figh_", "figs_"],
            #"[A-Za-z0-9_-]{40,}"#,
            sample: "figd_{s40}",
            misses: ["figs_and_tables"],
            source: "trufflehog figmapersonalaccesstoken"
        ),
        .init(
            token: "airtable-token",
            ["pat"],
            #"[A-Za-z0-9]{14}\.[a-f0-9]{64}"#,
            sample: "pat{a14}.{h64}",
            misses: ["path.to.file", "patch.version"],
            source: "gitleaks airtable-personnal-access-token"
        ),
        .init(
            token: "postman-key",
            ["PMAK-"],
            #"[a-fA-F0-9]{24}-[a-fA-F0-9]{34}"#,
            sample: "PMAK-{h24}-{h34}",
            misses: ["PMAK-1"],
            source: "gitleaks postman-api-token"
        ),
        .init(
            token: "readme-key",
            ["rdme_"],
            #"[a-z0-9]{70}"#,
            sample: "rdme_{l70}",
            misses: ["rdme_x"],
            source: "gitleaks readme-api-token"
        ),
        .init(
            token: "prefect-key",
            ["pnu_"],
            #"[a-zA-Z0-9]{36}"#,
            sample: "pnu_{a36}",
            misses: ["pnu_a"],
            source: "gitleaks prefect-api-token"
        ),
        .init(
            token: "clojars-token",
            ["CLOJARS_"],
            #"[a-z0-9]{60}"#,
            sample: "CLOJARS_{l60}",
            misses: ["CLOJARS_USERNAME"],
            source: "gitleaks clojars-api-token"
        ),
        .init(
            token: "easypost-key",
            ["EZAK", "EZTK"],
            #"[A-Za-z0-9]{54}"#,
            sample: "EZAK{a54}",
            misses: ["EZTK"],
            source: "gitleaks easypost-api-token"
        ),
        .init(
            token: "frameio-token",
            ["fio-u-"],
            #"[A-Za-z0-9_=-]{64}"#,
            sample: "fio-u-{s64}",
            misses: ["fio-u-1"],
            source: "gitleaks frameio-api-token"
        ),
        .init(
            token: "typeform-token",
            ["tfp_"],
            #"[A-Za-z0-9_.=-]{59}"#,
            sample: "tfp_{s59}",
            misses: ["tfp_net"],
            source: "gitleaks typeform-api-token"
        ),
        .init(
            token: "sourcegraph-token",
            ["sgp_"],
            #"[A-Za-z0-9_-]{40,}"#,
            sample: "sgp_{h16}_{h40}",
            misses: ["sgp_x"],
            source: "gitleaks sourcegraph-access-token"
        ),
        .init(
            token: "duffel-token",
            ["duffel_test_", "duffel_live_"],
            #"[A-Za-z0-9_=-]{43}"#,
            sample: "duffel_live_{s43}",
            misses: ["duffel_test_x"],
            source: "gitleaks duffel-api-token"
        ),
        .init(
            token: "buildkite-token",
            ["bkua_"],
            #"[a-z0-9]{40}"#,
            sample: "bkua_{l40}",
            misses: ["bkua_"],
            source: "trufflehog buildkite"
        ),
        .init(
            token: "circleci-token",
            ["CCIPAT_", "CCIPRJ_"],
            #"[A-Za-z0-9_]{40,}"#,
            sample: "CCIPAT_{a22}_{h40}",
            misses: ["CCIPAT_"],
            source: "CircleCI documentation"
        ),
    ]
}
