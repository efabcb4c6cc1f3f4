import RecordPath
import Testing

@Suite struct RouteTemplatesTests {
    static func route(_ path: [UInt8], _ templates: RouteTemplates = RouteTemplates()) -> String {
        var target = [UInt8](repeating: 0xAA, count: RouteTemplates.maxBytes + 16)
        let length = target.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { base in withExactBytes(path) { templates.write($0, $1, to: base) } } ?? -1
        }
        #expect(length <= RouteTemplates.maxBytes)
        #expect(target[RouteTemplates.maxBytes...].allSatisfy { $0 == 0xAA })
        return String(decoding: target.prefix(length), as: UTF8.self)
    }

    static func route(_ path: String, _ templates: RouteTemplates = RouteTemplates()) -> String {
        route(Array(path.utf8), templates)
    }

    @Test(arguments: [
        ("/users/42", "/users/{id}"), ("/users/42/orders/7?x=1#top", "/users/{id}/orders/{id}"),
        ("/o/8f14e45f-ceea-467f-a0e6-0c6f4f2b9c1d", "/o/{id}"), ("/d/2023-10-11/x", "/d/{id}/x"),
        ("/blob/d41d8cd98f00b204e9800998ecf8427e", "/blob/{id}"), ("/u/jane@example.com", "/u/{id}"),
        ("/u/jane%40example.com", "/u/{id}"), ("/p/how-to-cook-rice-2", "/p/{id}"), ("/p/order-123", "/p/{id}"),
        ("/p/a-very-long-title-without-number", "/p/{id}"), ("/k/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/k/{id}"),
        ("/t/aGVsbG8gd29ybGQhIQ==", "/t/{id}"), ("/t/XqRwTyUiOpAsDfGhJk", "/t/{id}"), ("/u/user12345", "/u/{id}"),
        ("/f/deadbeefdeadbeef", "/f/{id}"),
    ]) func identifiersBecomeOnePlaceholder(path: String, expected: String) {
        #expect(Self.route(path) == expected)
    }

    @Test(arguments: [
        "/", "/api/v1/users", "/oauth2/token", "/s3/buckets", "/.well-known/openid-configuration", "/healthz",
        "/v1.2/x",
        "/api/getUserProfileById", "/i18n/de", "/v1beta1/sha256", "/a/b/c/d/e/f/g/h", "/user_settings", "/checkout",
    ]) func namesStay(path: String) {
        #expect(Self.route(path) == path)
    }

    @Test(arguments: [
        ("http://shop.example.com:8080/cart?x=1", "/cart"), ("https://shop.example.com", "/"), ("//cdn/x", "/x"),
        ("/cart/", "/cart"), ("//", "/"), ("/cart//items", "/cart/items"),
        ("/cart;jsessionid=AB12CD/items", "/cart/items"),
        ("?x=1", "/"), ("*", "*"), ("", ""), ("cart/items", "/cart/items"), ("/;x", "/"), ("/cart HTTP/1.1", "/cart"),
    ]) func hostsQueriesAndEmptyPartsAreCut(path: String, expected: String) {
        #expect(Self.route(path) == expected)
    }

    @Test(arguments: [
        ("/favicon.ico", "/{file}"), ("/static/js/app.3f2a1b.js", "/static/{file}"),
        ("/assets/img/2023/logo.PNG?v=2", "/assets/{file}"), ("/wp-login.php", "/wp-login.php"),
        ("/docs/a.html", "/docs/a.html"),
    ]) func staticFilesAreFolded(path: String, expected: String) {
        #expect(Self.route(path) == expected)
    }

    @Test func depthAndLengthAreBounded() {
        #expect(Self.route("/a/b/c/d/e/f/g/h/i/j") == "/a/b/c/d/e/f/g/h/{rest}")
        let long = Self.route("/" + Array(repeating: "abcdefghijklmno", count: 20).joined(separator: "/"))
        #expect(long.hasSuffix("/{rest}") && long.utf8.count <= RouteTemplates.maxBytes)
        #expect(Self.route("/x/" + String(repeating: "y", count: 5000)) == "/x/{id}")
    }

    @Test func configuredTemplatesWinInTheirOrder() {
        let templates = RouteTemplates(templates: ["/users/me", "/users/{name}", "/static/*", "/files/:name/raw", ""])
        #expect(Self.route("/users/me", templates) == "/users/me")
        #expect(Self.route("/users/jane?x=1", templates) == "/users/{name}")
        #expect(Self.route("/users/jane/orders", templates) == "/users/jane/orders")
        #expect(Self.route("/static/a/b/c.js", templates) == "/static/*")
        #expect(Self.route("/static", templates) == "/static/*")
        #expect(Self.route("/files/a.txt/raw", templates) == "/files/:name/raw")
        #expect(Self.route("/files/7/raw/x", templates) == "/files/{id}/raw/x")
    }

    @Test func anyBytesMakeARouteOfPrintableASCII() {
        var source = InputSource(seed: 71)
        let templates = RouteTemplates(templates: ["/a/{x}/b", "/c/*"])
        let samples = ["/users/42/orders?x=1", "http://h/a/x/b", "/static/app.js", "/c/d/e"].map { Array($0.utf8) }
        for round in 0..<60_000 {
            let bytes = round & 1 == 0 ? source.mutated(samples[source.below(samples.count)]) : source.bytes(upTo: 300)
            let route = Self.route(bytes, templates)
            #expect(route.isEmpty == bytes.isEmpty)
            #expect(route.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(bytes)")
        }
    }
}
