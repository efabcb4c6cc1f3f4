extension Detector {
    /// What identifies people, by value.
    static let identities: [Detector] = [
        Detector(
            "email",
            .pii,
            "E-mail addresses.",
            form: .email,
            shapes: MartletShape.at,
            positives: [
                "bob@example.com", "to=<alice.smith+news@mail.example.co.uk>", #"{"to":"bob@example.com"}"#,
                "用户bob@example.cn登录",
                "mailto:bob_1@example.org?subject=x", "q=bob%40example.com&x=1", #"{"m":"bob\u0040example.com"}"#,
                "o'brien@example.ie",
                "(bob@example.com)", "bob@example.com.", "\u{1B}[31mbob@example.com\u{1B}[0m",
                "https://bob%40example.com@dav.example.org/1/",
            ],
            nearMisses: [
                "git@github.com:acme/shop.git", "logo@2x.png", "lodash@4.17.21", "getty@tty1.service",
                "user@1000.service",
                "com.acme.Order@1b2c3d", "@Transactional", "image@sha256:abcdef", "ssh://deploy@build.example.com/x",
                "a@b",
            ],
            source: "RFC 5321, IANA top-level domains"
        ),
        Detector(
            "card",
            .pii,
            "Payment card numbers: issuer prefix, length and Luhn's check digit.",
            form: .card,
            shapes: MartletShape.longDigits | MartletShape.cardGroups,
            isPlainNumber: true,
            positives: [
                "4111111111111111", "card 4111 1111 1111 1111 declined", "pan=5555-5555-5555-4444;",
                "3782 822463 10005",
                #"{"n":4111111111111111}"#, "378282246310005", "6011111111111117", "3530111333300000", "30569309025904",
                "2223003122003222", "(4242424242424242)", "4222222222222", "6759649826438453",
            ],
            nearMisses: [
                "4111111111111112", "1700000000000", "1700000000000000", "0.4111111111111111", "id_4111111111111111x",
                "550e8400-e29b-41d4-a716-446655440000", "4444444444444444", "1234567890123456", "9111111111111111",
                "blk_-4980916519894289629",
            ],
            source: "ISO/IEC 7812"
        ),
        Detector(
            "phone",
            .pii,
            "Telephone numbers in international form.",
            form: .phone,
            anchors: "123456789(".map { Anchor(text: "+\($0)") },
            positives: [
                "+14155552671", "call +49 30 901820 now", "+1 (415) 555-2671", "+44 (0)20 7946 0958",
                "tel:+33142685300", "+81-3-1234-5678", "+91 98765 43210", "+14155552671 12 ms", "+14155552671 (12 ms)",
                "+4930901820/+4930901821", "2/+4930901821", "https://wa.example/+4930901821",
            ],
            nearMisses: [
                "+0530", "+1.5", "+12", "1e+10", "+1234", "C++17", "+999999999999999", "2026-11-21T10:00:00+0100",
                "+100 -20", "be/srv1 0/0/1/+99627 200 83285 - - ----", "fe be/s 12/-1/30/+4915 200 123456",
            ],
            source: "ITU-T E.164"
        ),
        Detector(
            "phone-us",
            .pii,
            "Telephone numbers in North American form.",
            form: .phoneGroups,
            shapes: MartletShape.phoneGroups,
            isPlainNumber: true,
            isOnByDefault: false,
            positives: ["(415) 555-2671", "call 415-555-2671.", "415.555.2671"],
            nearMisses: ["115-555-2671", "415-055-2671", "2026-11-2100", "1415-555-26711"],
            source: "NANP"
        ),
        Detector(
            "iban",
            .pii,
            "International bank account numbers: length of the country and mod 97.",
            form: .iban,
            shapes: MartletShape.iban,
            isPlainNumber: true,
            positives: [
                "DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "to FR1420041010050500013M02606.",
                "NL91ABNA0417164300", #"{"a":"DE89 3704 0044 0532 0130 00"}"#,
            ],
            nearMisses: ["DE89370400440532013001", "GB82 WEST 1234", "US12345678", "TX12 34", "AB12CD34EF56"],
            source: "SWIFT IBAN registry, ISO 13616"
        ),
        Detector(
            "us-ssn",
            .pii,
            "US social security numbers and ITINs with dashes.",
            form: .ssn,
            shapes: MartletShape.ssn,
            isPlainNumber: true,
            positives: ["123-45-6789", "ssn 123 45 6789", "(856-45-1023)", "987-65-4321", "219-09-9998"],
            nearMisses: [
                "000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000", "078-05-1120", "219-09-9999",
                "GET /x 200 12 3456", "1123-45-6789", "123-45-67890", "987-00-4321",
            ],
            source: "SSA, IRS publication 1915"
        ),
        Detector(
            "national-id",
            .pii,
            "National ids that stand out by their form and check digits: \(NationalIdVerifier.names.joined(separator: ", ")).",
            form: .nationalID,
            shapes: MartletShape.national | MartletShape.longDigits,
            isPlainNumber: true,
            positives: [
                "529.982.247-25", "11.222.333/0001-81", "756.9217.0769.85", "900101-1234567", "131052-308T",
                "12345678Z", "X1234567L",
                "255081416802538", "2 55 08 14 168 025 38", "RSSMRA85T10A562S", "BOXW310820HNERXN09",
                "11010519491231002X",
            ],
            nearMisses: [
                "529.982.247-26", "192.168.100.101", "11.222.333/0001-82", "756.9217.0769.86", "131052-308U",
                "12345678A", "RSSMRA85T10A562T", "110105194912310021",
            ],
            source: "the registers' published check rules"
        ),
        Detector(
            "national-id-in-context",
            .pii,
            "Numbers that words shortly before call a national, tax or health id, with their check digits where they have one.",
            form: .contextWord,
            anchors: ContextIdVerifier.words.map { Anchor(text: $0, folds: true) },
            isPlainNumber: true,
            precedence: .keyed,
            positives: [
                "Aadhaar 2341 2341 2346", "PESEL 44051401359", "NHS number 943 476 5919", "SSN 123456789",
                "BSN 111222333", "NINO AB123456C", "my cpf is 52998224725",
            ],
            nearMisses: ["Aadhaar 2341 2341 2341", "PESEL 44051401350", "the SSN field", "BSN 111222334"],
            source: "the registers' published check rules"
        ),
        .init(
            token: "user-path",
            ["/home/", "/Users/", "C:\\Users\\"],
            "[A-Za-z0-9._-]{2,32}",
            sample: "/home/bsmith7q/notes",
            misses: ["/home page", "/Users/"],
            rules: [.keepsLiteral, .plain],
            wantsEdge: false,
            source: "home folders",
            isOnByDefault: false,
            group: .pii
        ),
        .init(
            token: "bitcoin-address",
            ["bc1"],
            "[ac-hj-np-z02-9]{25,60}",
            sample: "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            misses: ["bc1 channel"],
            source: "BIP 173",
            isOnByDefault: false,
            group: .pii
        ),
        .init(
            token: "ethereum-address",
            ["0x"],
            "[A-Fa-f0-9]{40}",
            sample: "0x{h40}",
            misses: ["0x7ffe12345678", "0x{h64}"],
            rules: .exact,
            source: "EIP-55",
            isOnByDefault: false,
            group: .pii
        ),
    ]

    /// Addresses of machines; off by default, because operations needs them.
    static let networkAddresses: [Detector] = [
        Detector(
            "ipv4",
            .network,
            "Public IPv4 addresses.",
            form: .ipv4,
            shapes: MartletShape.network,
            isPlainNumber: true,
            isOnByDefault: false,
            positives: ["8.8.8.8", "from 93.184.216.34:443", "[81.2.69.142]"],
            nearMisses: [
                "10.0.0.1", "192.168.1.1", "127.0.0.1", "Chrome/120.0.0.0", "v1.2.3.4", "1.2.3.4.5", "256.1.1.1",
                "203.0.113.7", "1.02.3.4", "amd64~~6.1.1.2", "version 8.1.2.3", "Version=4.0.0.1, Culture=neutral",
            ],
            source: "RFC 791, RFC 6890"
        ),
        Detector(
            "ipv6",
            .network,
            "IPv6 addresses.",
            form: .ipv6,
            shapes: MartletShape.network,
            isPlainNumber: true,
            isOnByDefault: false,
            positives: ["2001:db8:85a3::8a2e:370:7334", "[2606:2800:220:1:248:1893:25c8:1946]:443"],
            nearMisses: ["12:30:45", "std::string", "::1", "fe80::1", "a::b::c"],
            source: "RFC 4291"
        ),
        Detector(
            "mac",
            .network,
            "MAC addresses.",
            form: .mac,
            shapes: MartletShape.network,
            isPlainNumber: true,
            isOnByDefault: false,
            positives: [
                "3c:22:fb:1a:9e:07", "3C-22-FB-1A-9E-07", "3c22.fb1a.9e07", "to 3c22.fb1a.9e07. Then",
                "\u{1B}[1m3c22.fb1a.9e07\u{1B}[0m",
            ],
            nearMisses: ["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "3c:22:fb:1a:9e:07:11", "1234.5678.9012"],
            source: "IEEE 802"
        ),
    ]
}

/// The kernel's shapes under Swift's rules for integers.
enum MartletShape {
    static let at: UInt32 = 1
    static let longDigits: UInt32 = 2
    static let cardGroups: UInt32 = 4
    static let ssn: UInt32 = 8
    static let iban: UInt32 = 16
    static let national: UInt32 = 32
    static let network: UInt32 = 64
    static let phoneGroups: UInt32 = 128
}
