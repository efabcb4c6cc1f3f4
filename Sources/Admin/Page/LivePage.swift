/// The page on `/`: one document with its style and script in it, and nothing from anywhere else.
///
/// Its sources are `live.html`, `live.css` and `live.js`, compiled into the binary. A nonce that changes with every
/// answer lets the browser run these and nothing that might get in beside them.
struct LivePage {
    /// The document, cut where the nonce goes.
    private let parts: [String]

    private static let nonceMark = "{{nonce}}"

    init() {
        let document = Self.text(PackageResources.live_html)
            .replacing("{{style}}", by: Self.text(PackageResources.live_css))
            .replacing("{{script}}", by: Self.text(PackageResources.live_js))
        parts = document.parted(by: Self.nonceMark)
    }

    static func randomNonce() -> String { String(AdminToken.random().value.prefix(32)) }

    func response(nonce: String) -> AdminResponse {
        AdminResponse(
            status: 200,
            contentType: "text/html; charset=utf-8",
            body: Array(parts.joined(separator: nonce).utf8),
            headers: [
                ("Content-Security-Policy", Self.policy(nonce)), ("Cross-Origin-Opener-Policy", "same-origin"),
                ("X-Frame-Options", "DENY"),
            ]
        )
    }

    private static func policy(_ nonce: String) -> String {
        [
            "default-src 'none'", "script-src 'nonce-\(nonce)'", "style-src 'nonce-\(nonce)'", "img-src data:",
            "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ].joined(separator: "; ")
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension String {
    fileprivate func replacing(_ mark: String, by text: String) -> String {
        parted(by: mark).joined(separator: text)
    }

    /// The pieces between the occurrences of a mark.
    fileprivate func parted(by mark: String) -> [String] {
        let mark = Array(mark.utf8)
        var parts: [[UInt8]] = [[]]
        var rest = Array(utf8)[...]
        while let byte = rest.first {
            if byte == mark[0], rest.starts(with: mark) {
                parts.append([])
                rest = rest.dropFirst(mark.count)
            } else {
                parts[parts.count - 1].append(byte)
                rest = rest.dropFirst()
            }
        }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }
}
