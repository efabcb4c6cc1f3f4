import RecordPath
import Testing

@Suite struct KeyedTextTests {
    /// Line, the secret in it.
    ///
    /// In each the secret goes, and what is around it stays.
    private static let secrets: [(String, String)] = [
        (#"{"password":"hunter2!x"}"#, "hunter2!x"),
        (#"{"user":{"name":"bob","passwd":"hunter2!x"}}"#, "hunter2!x"),
        (#"{"a":[{"api_key":"k-9f8e7d6c"}]}"#, "k-9f8e7d6c"),
        (#"{"clientSecret":"s3cr3t-v4lue"}"#, "s3cr3t-v4lue"),
        (#"{"credentials":{"user":"bobby-tables","p":["hunter2!x","y"]}}"#, "hunter2!x"),
        (#"{"credentials":[{"name":"password","value":"hunter2!x"}]}"#, "hunter2!x"),
        (#"{"credentials":{"user":{"password":"hunter2!x"}}}"#, "hunter2!x"),
        (#"{"credentials":{"secret_id":"84896a0c-1347","role":"app"}}"#, "84896a0c-1347"),
        (#"{"authorization":{"scheme":"Bearer","parameter":"abcdef123456"}}"#, "abcdef123456"),
        (#"{"session":{"user_id":"u17","id":"4bf92f3577b34da6a3ce929d0e0e4736"}}"#, "4bf92f3577b34da6a3ce929d0e0e4736"),
        (#"{"cvv":123,"ok":true}"#, "123"),
        (#"{"headers":[{"name":"Authorization","value":"Bearer abcdef123456"}]}"#, "abcdef123456"),
        (#"{"headers":[{"value":"Bearer abcdef123456","name":"Authorization"}]}"#, "abcdef123456"),
        (#"{"key":"x-api-key","value":"abcdef123456"}"#, "abcdef123456"),
        (
            #"{"attributes":[{"key":"http.request.header.authorization","value":{"stringValue":"Bearer abcdef123456"}}]}"#,
            "abcdef123456"
        ),
        (#"{"raw":["Authorization","Bearer abcdef123456","Host","x"]}"#, "abcdef123456"),
        (#"{"args":["--password","hunter2!x","-v"]}"#, "hunter2!x"),
        (#"req.Header.Set("x-budibase-api-key", "hunter2!x") in x.go"#, "hunter2!x"),
        (#"form [("user", "bob"), ("password", "hunter2!x")]"#, "hunter2!x"),
        (#"{"body":"{\"password\":\"hunter2!x\",\"n\":1}"}"#, "hunter2!x"),
        (#"{"body":"{\"inner\":\"{\\\"password\\\":\\\"hunter2!x\\\"}\"}"}"#, "hunter2!x"),
        (#"{"cookie":"theme=dark; session=abcdef123456"}"#, "abcdef123456"),
        (#"{"authorization":"Basic dXNlcjpwYXNz"}"#, "dXNlcjpwYXNz"),
        (#"{"msg":"login with password=hunter2!x failed"}"#, "hunter2!x"),
        (#"{"msg":"line1\npassword: hunter2!x\nline3"}"#, "hunter2!x"),
        (#"{"msg":"Authorization: Bearer abcdef123456"}"#, "abcdef123456"),
        ("level=info password=hunter2!x user=bob", "hunter2!x"),
        (#"level=info password="hunter 2!x" user=bob"#, "hunter 2!x"),
        ("password: hunter2!x", "hunter2!x"),
        ("Password : hunter2!x", "hunter2!x"),
        ("password = hunter2!x", "hunter2!x"),
        ("{'password': 'hunter2!x', 'a': 1}", "hunter2!x"),
        (#"{:password=>"hunter2!x", :a=>1}"#, "hunter2!x"),
        (#"{"password"=>"hunter2!x"}"#, "hunter2!x"),
        ("User{name=bob, password=hunter2!x, age=3}", "hunter2!x"),
        ("{Name:bob Password:hunter2!x}", "hunter2!x"),
        ("<Password>hunter2!x</Password>", "hunter2!x"),
        (#"<login user="bob" password="hunter2!x"/>"#, "hunter2!x"),
        (#"<property name="spring.datasource.password" value="hunter2!x"/>"#, "hunter2!x"),
        (#"<add key='ApiKey'  value='hunter2!x' />"#, "hunter2!x"),
        (#"{"body":"<add key=\"ApiKey\" value=\"hunter2!x\"/>"}"#, "hunter2!x"),
        ("GET /login?user=bob&password=hunter2!x&x=1 HTTP/1.1", "hunter2!x"),
        ("POST body: user=bob&client_secret=hunter2!x", "hunter2!x"),
        ("user[password]=hunter2!x", "hunter2!x"),
        ("user%5Bpassword%5D=hunter2!x", "hunter2!x"),
        ("q=a%26password%3Dhunter2!x%26b%3D1", "hunter2!x"),
        ("java -Ddb.password=hunter2!x -jar app.jar", "hunter2!x"),
        ("run --password hunter2!x --verbose", "hunter2!x"),
        ("run --api-key=hunter2!x", "hunter2!x"),
        ("run --client_secret -GZw8kq2LmN4xR --verbose", "GZw8kq2LmN4xR"),
        ("tax_id=12-3456789 paid", "12-3456789"),
        ("user_password_confirmation=hunter2!x", "hunter2!x"),
        ("PGPASSWORD=hunter2!x psql", "hunter2!x"),
        ("DB_PASS=hunter2!x", "hunter2!x"),
        ("Server=db;Database=x;User Id=sa;Password=hunter2!x;", "hunter2!x"),
        ("Server=db;Uid=sa;Pwd=hunter2!x;", "hunter2!x"),
        ("host=db user=app password=hunter2!x dbname=x", "hunter2!x"),
        ("jdbc:postgresql://db/x?user=a&password=hunter2!x", "hunter2!x"),
        (#"sasl.jaas.config=x required username="a" password="hunter2!x";"#, "hunter2!x"),
        ("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&issuer=a", "JBSWY3DPEHPK3PXP"),
        ("SET PASSWORD FOR 'bob'@'%' = PASSWORD('hunter22')", "hunter22"),
        ("Auth: dXNlcjpwYXNzMTIz", "dXNlcjpwYXNzMTIz"),
        ("machine h login bob password hunter22", "hunter22"), ("DB_PWD=/hunter22x", "/hunter22x"),

        ("Authorization: Bearer abcdef123456", "abcdef123456"),
        ("authorization=Token abcdef123456", "abcdef123456"),
        ("-H 'Authorization: Basic dXNlcjpwYXNz' https://x", "dXNlcjpwYXNz"),
        (
            #"Authorization: Digest username="bob", realm="x", nonce="n", response="6629fae49393a05397450978507c4ef1""#,
            "6629fae49393a05397450978507c4ef1"
        ),
        ("Cookie: theme=dark; JSESSIONID=abcdef123456", "abcdef123456"),
        ("Set-Cookie: sid=abcdef123456; Path=/; HttpOnly", "abcdef123456"),
        ("JSESSIONID=0123456789ABCDEF0123", "0123456789ABCDEF0123"),
        ("X-Api-Key: abcdef123456", "abcdef123456"),
        ("api_key: 'abcdef123456'", "abcdef123456"),
        ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz", "wJalrXUtnFEMI"),
        ("phone=0151 23456789", "23456789"),
        (#"{"phone":"0151 23456789"}"#, "23456789"),
        (#"{"ssn":123456789}"#, "123456789"),
        (#"{"dob":"1980-01-02"}"#, "1980-01-02"),
        ("body={\\\"password\\\":\\\"hunter2!x\\\"}", "hunter2!x"),
        ("\u{1B}[32mpassword\u{1B}[0m=hunter2!x", "hunter2!x"),
        (#"payload={"user":"bob","password":"hunter2!x"} done"#, "hunter2!x"),
        (#"{"a":1,"password":"cut off hunter2!x"#, "hunter2!x"),
        ("password=Tr0ub4dor&3 next", "Tr0ub4dor&3"),
        ("пароль=hunter2!x", "hunter2!x"),
    ]

    @Test(arguments: secrets.indices)
    func `The value of a sensitive key goes in every form`(index: Int) {
        let (line, secret) = Self.secrets[index]
        var redactor = TestRedactor()
        let redacted = redactor.redact(line)
        #expect(redacted?.contains(secret) == false, "\(line) -> \(redacted ?? "nil")")
        if StrictJSON.isValid(Array(line.utf8)) {
            #expect(StrictJSON.isValid(Array((redacted ?? "").utf8)), "\(redacted ?? "nil")")
        }
        if let redacted { #expect(redactor.redact(redacted) == redacted, "second pass") }
    }

    private static let harmless: [String] = [
        #"{"password":""}"#, #"{"password":null}"#, #"{"password":true}"#, #"{"token":"${TOKEN}"}"#,
        #"{"secret":"{{ secret }}"}"#,
        #"{"author":"bob","authority":"x.example","authenticated":true}"#,
        #"{"input_tokens":512,"max_tokens":4096,"token_count":17}"#,
        #"{"password_reset":"2026-01-01","password_policy":"strong","token_type":"Bearer"}"#,
        #"{"key_id":"abc","secret_name":"prod/db"}"#,
        #"{"postcode":"10115","status_code":500,"pass_rate":0.98}"#,
        #"{"primary_key":"id","public_key":"abc","partition_key":"a"}"#,
        #"{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","order_number":"4111111111111111"}"#,
        #"{"time":1700000000000,"ts":"2026-11-21T10:00:00.123456789Z","duration":12345678}"#,
        #"{"auth":"ldap","phone":"iPhone 14"}"#,
        #"{"email_verified":true,"email_status":"sent","mail":"queued"}"#, #"{"card_type":"visa","card_last4":"1111"}"#,
        "invalid password: user not found", "token expired: please login", "password is required",
        "the secret of success",
        "GET /reset-password HTTP/1.1", "using key: value pairs", "authorization: none", "password=***",
        "password=[REDACTED]",
        "std::string token::next", "token == null", "next_token=abc", "compass=north monkey=see keyboard=qwerty",
        "session started: 12 users",
        "-----BEGIN CERTIFICATE-----", "commit 4bf92f3577b34da6a3ce929d0e0e4736",
        "550e8400-e29b-41d4-a716-446655440000",
        "10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] \"GET /x HTTP/1.1\" 200 12 3456", "took 1234 5678 ms", "v1.2.3-4567",
        "user=bob action=login took=12ms", #"{"msg":"Error: Invalid token: unexpected end"}"#,
        "--token flag is missing", "secretary=alice",
        #"{"signature":"void run(int)","sid":"abc"}"#, "http://host:8080/path@x", "tokens: 512",
        #"check("password", "required", 3)"#, #"fail("token", "unexpected end of input")"#,
        #"<input name="username" value="bobby-tables"/>"#, #"<add key="password_reset" value="yes-please"/>"#,
        "Bearer token is missing", "cache_key=user:42", "Auth successful for job_17_0020 (auth:SIMPLE)",
        "Bad activity token: android.os.BinderProxy@2bd79ce", "token=Token{a64f992 ActivityRecord{de9231d u0 t761}}",
        "session termination for sessionid: 0x14ede63a5a70002", "CBS Session: 30546173_4261722401 initialized",
        "(Names: PageItemCell:0x7f8efb898930, '|':PageItemCell:0x7f8efb898930 )",
        "Radarr[33523]: [Warn] Auth: Auth-Failure ip 10.1.2.3 username 'test'",
        "dovecot: auth: pam_unix(dovecot:auth): authentication failure; uid=0",
        "perdition: Auth: 10.168.8.100:2274->10.48.191.9:993",
        "disconnect from unknown[10.0.0.1] ehlo=1 auth=0/1 quit=1 commands=1/2",
        "Supplied credentials: [UsernamePasswordCredential(username=jd, source=null)]",
        "sudo: bob : TTY=pts/6 ; PWD=/home/bob/work ; USER=root ; COMMAND=/bin/ls",
        "invalid password for \"bob\" (bcrypt: hashedPassword is not the hash of the given password)",
        "GET /piwik.php?java=1&gears=0&ag=1&cookie=1&res=1680x1050 HTTP/1.1",
        "bob - login error - auth_unix.pl, ret -4, Password incorrect",
        #"{"TargetSid":"S-1-5-21-3623811015-3361044348-30300820-1013"}"#,
        #"{"password":-1}"#, "login with password: -1", #"{"PasswordLastSet":"06.05.2024 11:38:15"}"#,
        #"{"authorizationInfo":[{"permission":"compute.networks.get","resource":"projects/1028347245602"}]}"#,
        #"{"authorization":{"action":"Microsoft.Network/write","scope":"/subscriptions/s17"}}"#,
        #"{"accessKey":{"userName":"alice17","status":"Active","createDate":"Sep 27, 2022 5:09:18 PM"}}"#,
        #"{"credentials":{"scopes":["read:users","create:roles2"],"user_id":"auth0|6459776e97"}}"#,
        #"{"SubjectUserSid":"00000000-0000-0000-0000-000000000000"}"#,
    ]

    @Test(arguments: harmless)
    func `What only sounds like a secret stays`(line: String) {
        var redactor = TestRedactor()
        #expect(redactor.redact(line) == line)
    }
}
