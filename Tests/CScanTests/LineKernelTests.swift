import CScan
import Testing

@Suite struct LineKernelTests {
    @Test(arguments: [MARTLET_KERNEL_SSSE3, MARTLET_KERNEL_AVX2, MARTLET_KERNEL_AVX512, MARTLET_KERNEL_NEON])
    func `Every kernel that this processor has finds what the plain loops find`(kernel: martlet_kernel) {
        var lines = LineGenerator(seed: 0x5EED)
        let tables = KernelTables(LineGenerator.literals, shapes: 0xFF, keys: LineGenerator.keys)
        for round in 0..<6_000 {
            let line = lines.next()
            let expected = scan(MARTLET_KERNEL_SCALAR, tables, line)
            guard let found = scan(kernel, tables, line) else { return }
            #expect(found == expected, "round \(round): \(line)")
            if found != expected { return }
        }
    }

    @Test(arguments: [MARTLET_KERNEL_SSSE3, MARTLET_KERNEL_AVX2, MARTLET_KERNEL_AVX512, MARTLET_KERNEL_NEON])
    func `Every length and every position of an anchor give the same as the plain loops`(kernel: martlet_kernel) {
        let tables = KernelTables(LineGenerator.literals, shapes: 0xFF, keys: LineGenerator.keys)
        for length in 0...200 {
            for anchor in ["4111 1111", "AKIA", "\\\\\"", "078-05-1120"] where anchor.utf8.count <= length {
                for position in stride(from: 0, through: length - anchor.utf8.count, by: 7) {
                    var line = [UInt8](repeating: 0x20, count: length)
                    line.replaceSubrange(position..<position + anchor.utf8.count, with: Array(anchor.utf8))
                    guard let found = scan(kernel, tables, line) else { return }
                    #expect(found == scan(MARTLET_KERNEL_SCALAR, tables, line))
                }
            }
        }
    }

    @Test(arguments: [MARTLET_KERNEL_SSSE3, MARTLET_KERNEL_AVX2, MARTLET_KERNEL_AVX512, MARTLET_KERNEL_NEON])
    func `What reaches over the seams of blocks and chunks is found`(kernel: martlet_kernel) {
        let tables = KernelTables(LineGenerator.literals, shapes: 0xFF, keys: LineGenerator.keys)
        let anchors = [
            "4111 1111 1111 1111", "4111111111111111", "dop_v1_0123456789abcdef", "account number", "a\\\"b\"",
            "10.1.2.3 8.8.8.8",
            "2001:db8::1", "bob@example.com", "word=", "\u{7F}é",
        ].map { Array($0.utf8) }
        for seam in [64, 448, 512, 896, 960, 1024, 1344] {
            for length in [seam, seam + 1, seam + 63, seam + 65, seam + 200] {
                for anchor in anchors {
                    for position in max(0, seam - anchor.count - 2)...seam where position + anchor.count <= length {
                        var line = [UInt8](repeating: 0x20, count: length)
                        line.replaceSubrange(position..<position + anchor.count, with: anchor)
                        guard let found = scan(kernel, tables, line) else { return }
                        #expect(found == scan(MARTLET_KERNEL_SCALAR, tables, line))
                    }
                }
            }
        }
    }

    @Test(arguments: ["a", "1", "@", "\"", "\\", "=", ":", "-", "eyJ", " "])
    func `A long line of one repeated text is scanned alike by all kernels`(text: String) {
        let tables = KernelTables(LineGenerator.literals, shapes: 0xFF, keys: LineGenerator.keys)
        let line = Array(String(repeating: text, count: 20_000 / text.utf8.count).utf8)
        let expected = scan(MARTLET_KERNEL_SCALAR, tables, line)
        for kernel in [MARTLET_KERNEL_SSSE3, MARTLET_KERNEL_AVX2, MARTLET_KERNEL_AVX512, MARTLET_KERNEL_NEON] {
            if let found = scan(kernel, tables, line) { #expect(found == expected) }
        }
    }

    @Test func `A quote behind an odd run of backslashes is escaped, behind an even one it is not`() {
        let line = Array(#"{"a":"x\"y","b":"z\\","c":"\\\""}"#.utf8)
        let quotes = scan(martlet_scan_chosen_kernel(), nil, line)?.quotes
        #expect(quotes == [1, 3, 5, 10, 12, 14, 16, 20, 22, 24, 26, 31])
    }

    @Test func `Flags tell of backslashes, control characters and bytes beyond ASCII`() {
        #expect(scan(martlet_scan_chosen_kernel(), nil, Array("plain".utf8))?.flags == 0)
        #expect(scan(martlet_scan_chosen_kernel(), nil, Array(#"a\b"#.utf8))?.flags == 1)
        #expect(scan(martlet_scan_chosen_kernel(), nil, Array("a\tb".utf8))?.flags == 2)
        #expect(scan(martlet_scan_chosen_kernel(), nil, Array("é".utf8))?.flags == 4)
    }

    @Test func `A literal is a candidate only where all of it stands, and at an edge if it wants one`() {
        let tables = KernelTables([.init("glpat-", edge: true), .init("secret", fold: true)], shapes: 0)
        let line = Array(#"xglpat-1 glpat-2 glpa- \nglpat-3 SecRet %3Dglpat-4"#.utf8)
        #expect(scan(martlet_scan_chosen_kernel(), tables, line)?.candidates == [9, 25, 33, 43])
        #expect(tables.literals(at: 33, in: line) == [1])
    }

    @Test func `Times, counters and decimals are no long digit runs, card and account numbers are`() {
        let tables = KernelTables([], shapes: UInt32(MARTLET_SHAPE_LONG_DIGITS))
        for text in [
            "1700000000000", "1700000000000000", "1700000000000000000", "0.123456789012", "012345678901", "12345678901",
        ] {
            #expect(scan(martlet_scan_chosen_kernel(), tables, Array(text.utf8))?.candidates == [], "\(text)")
        }
        for text in ["4111111111111111", "185057800608436", "378282246310005"] {
            #expect(scan(martlet_scan_chosen_kernel(), tables, Array(text.utf8))?.candidates == [0], "\(text)")
        }
    }

    @Test func `A key is a candidate at its operator, whatever its case and whatever joins its words`() {
        let tables = KernelTables([], shapes: 0, keys: ["word", "x_id", "  id"])
        let candidates = scan(
            martlet_scan_chosen_kernel(),
            tables,
            Array("PassWORD=1 tax-id: 2 taxid=3 word:4 order=5".utf8)
        )
        #expect(candidates?.candidates == [8, 17, 33])
        #expect(scan(martlet_scan_chosen_kernel(), tables, Array("id=1".utf8))?.candidates == [2])
        #expect(scan(martlet_scan_chosen_kernel(), tables, Array("=1 :2 d=3".utf8))?.candidates == [])
    }

    @Test func `Only public addresses are candidates`() {
        let tables = KernelTables([], shapes: UInt32(MARTLET_SHAPE_NETWORK))
        for text in [
            "10.1.2.3", "127.0.0.1", "192.168.1.1", "172.20.1.1", "169.254.0.1", "1.3.6.1.2.1", "v8.8.8.8", "8.8.8.256",
            "Chrome/120.0.0.0", "8.08.8.8",
        ] {
            #expect(scan(martlet_scan_chosen_kernel(), tables, Array(text.utf8))?.candidates == [], "\(text)")
        }
        for text in ["8.8.8.8", "8.8.8.8:53", "8.8.8.8.", "1.2.3.4/24"] {
            #expect(scan(martlet_scan_chosen_kernel(), tables, Array(text.utf8))?.candidates == [1], "\(text)")
        }
    }

    @Test func `Tables refuse literals that are too short or too long`() {
        let text = [UInt8](repeating: 0x61, count: 33)
        text.withUnsafeBufferPointer { bytes in
            for count in [1, 33] as [UInt8] {
                let row = martlet_literal(bytes: bytes.baseAddress, count: count, flags: 0, word_bytes: 0)
                #expect(martlet_scan_tables_make([row], 1, 0, nil) == nil)
            }
        }
    }

    @Test func `A short literal is a candidate only before the word bytes that its token must have`() {
        let tables = KernelTables([.init("pat", edge: true, word: 14), .init("sk-", edge: true, word: 16)], shapes: 0)
        let none = [#"{"path":"/a"}"#, "pattern matched", "a sk-short key", "pat12345678901 34567"]
        for text in none {
            #expect(scan(martlet_scan_chosen_kernel(), tables, Array(text.utf8))?.candidates == [], "\(text)")
        }
        let all = ["x pat12345678901234", "x sk-abc_def-ghijklmno"]
        for text in all {
            #expect(scan(martlet_scan_chosen_kernel(), tables, Array(text.utf8))?.candidates == [2], "\(text)")
        }
    }
}
