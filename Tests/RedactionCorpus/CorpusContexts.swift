/// Where logs have values; `§` stands for the value.
enum CorpusContexts {
    /// For values that stand by themselves.
    static let plain: [String] = [
        "§", "got (§) now", "[§]", "{§}", "<§>", "§, next", "a=1;§;b=2", "at the end §", "a sentence ends with §.",
        "'§'", "\"§\"", "`§`", "a|§|b", "a\t§\tb", "(v=§)", "v=§,w=2", "v:§", "v: §", "v = §", "§!", "why §?",
        "{\"msg\":\"§\"}", "{\"msg\":\"got §, ok\"}", "{\"a\":[\"§\",1]}", "{\"a\":{\"b\":{\"c\":[{\"d\":\"x §\"}]}}}",
        "{\"body\":\"{\\\"v\\\":\\\"§\\\",\\\"n\\\":1}\"}",
        "{\"l3\":\"{\\\"a\\\":\\\"{\\\\\\\"v\\\\\\\":\\\\\\\"§\\\\\\\"}\\\"}\"}",
        "{\"log\":\"line\\n§\\nnext\\n\",\"stream\":\"stdout\"}", "{\"log\":\"\\u001b[31m§\\u001b[0m\"}",
        "\u{1B}[32m§\u{1B}[0m done", "value \\\"§\\\" refused", "https://h.example/p?x=§&y=1", "GET /p?x=§ HTTP/1.1",
        "https://h.example/p#v=§", "- §", "  value: §", "  value: \"§\"", "export X_Y=§", "X_Y='§' ./run",
        "INSERT INTO t VALUES (1, '§', NULL)", "SELECT 1 WHERE v = '§' AND x = 1", "User{name=bob, v=§, age=3}",
        "User(name=bob, v='§')", "{Name:bob V:§ N:3}", "&{V:§}", "map[a:§ b:1]", "[]string{\"§\", \"x\"}",
        "X-Custom-Header: §", "curl -H 'X-A: §' https://x.example", "<v>§</v>", "<e v=\"§\"/>",
        "panic: bad value § goroutine 1 [running]:", "Caused by: java.lang.IllegalStateException: §", "{'v': '§'}",
        "{:v=>\"§\"}", "2026-11-21T10:00:00.123Z ERROR [main] c.a.X - § rejected (12 ms)",
        "time=2026-11-21T10:00:00Z level=info msg=\"v § x\" n=1", "日本§語", "v：§", "Nov 21 10:00:00 h app[12]: §",
        "10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] \"POST /x?v=§ HTTP/1.1\" 200 12", "value=§\r", "  §  ",
        "{\"level\":\"error\",\"err\":\"cannot use '§': denied\",\"time\":1700000000000}", "--value=§ --x", "§ §",
        "E1121 10:00:00.000000 1 x.go:1] \"Refused\" value=\"§\"", "x=%22§%22", "{\"§\":1}", "v==§", "...§...",
    ]

    /// For whole texts with a secret in them: places that can hold any text.
    static let whole: [String] = [
        "§", "INFO x - §", "{\"msg\":\"§\"}", "{\"a\":{\"b\":[\"§\"]}}", "[app] §", "2026-11-21T10:00:00Z §",
        "{\"log\":\"§\\n\",\"stream\":\"stderr\"}", "time=1 level=info cmd='§'", "\u{1B}[2m§\u{1B}[0m", "§ (12 ms)",
        "stderr: §", "\tat x: §",
    ]

    /// For values of sensitive keys: `¤` is the key, `§` the value.
    static let keyed: [String] = [
        "{\"¤\":\"§\"}", "{\"x\":1,\"¤\" : \"§\" ,\"y\":2}", "{\"a\":{\"b\":[{\"¤\":\"§\"}]}}",
        "{\"body\":\"{\\\"¤\\\":\\\"§\\\"}\"}", "{\"b\":\"{\\\"c\\\":\\\"{\\\\\\\"¤\\\\\\\":\\\\\\\"§\\\\\\\"}\\\"}\"}",
        "{\"msg\":\"saved ¤=§ for bob\"}", "{\"msg\":\"x\\n¤: §\\ny\"}", "level=info ¤=§ user=bob",
        "level=info ¤=\"§\" n=1",
        "¤: §", "¤ = §", "  ¤: \"§\"", "¤='§'", "export ¤=§", "{'¤': '§', 'n': 1}", "{:¤=>\"§\", :n=>1}",
        "{\"¤\"=>\"§\"}", "User{name=bob, ¤=§, age=3}", "User(name=bob, ¤='§')", "{Name:bob ¤:§ N:3}",
        "&{Name:bob ¤:§}", "<¤>§</¤>", "<e n=\"1\" ¤=\"§\"/>", "GET /x?n=1&¤=§&m=2 HTTP/1.1", "n=1&¤=§",
        "POST /f body: ¤=§&n=1", "user[¤]=§&x=1", "-D¤=§ -jar x.jar", "run --¤ §", "run --¤=§ --v",
        "[\"--¤\",\"§\"]", "{\"name\":\"¤\",\"value\":\"§\"}", "{\"key\":\"¤\",\"value\":{\"stringValue\":\"§\"}}",
        "params: {\"¤\": \"§\"} done", "body={\\\"¤\\\":\\\"§\\\"}", "\u{1B}[32m¤\u{1B}[0m=§", "¤=§", "¤:§",
        "headers: map[¤:[§] Accept:[*/*]]", "¤ := §", "cfg.¤=§", "\"¤\": \"§\",",
    ]
}
