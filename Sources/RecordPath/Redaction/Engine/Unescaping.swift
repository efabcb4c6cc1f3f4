/// Writes decoded views: what a text says once its escapes are taken away.
enum Unescaping {
    /// Undoes backslash escapes of [start, end): JSON's, and in other text those that only ever stand for one
    /// thing.
    ///
    /// What is no escape stays as it is.
    static func backslashes(_ text: Text, isJSON: Bool, into view: inout Arena, map: inout OffsetMap) {
        view.removeAll()
        map.reset(source: text.lower)
        var at = text.lower
        while let slash = text.first(0x5C, from: at) {
            view.append(UnsafeBufferPointer(start: text.base + at, count: slash - at))
            if let end = endOfSlashes(text, slash) {
                map.append(decoded: view.count, source: slash, step: 2)
                let count = (end - slash) / 2
                view.reserve(count)
                (view.base + view.count).update(repeating: 0x5C, count: count)
                view.claim(count)
                at = end
            } else {
                map.append(decoded: view.count, source: slash)
                at = slash + decodeOne(text, slash, isJSON, &view)
            }
            map.append(decoded: view.count, source: at)
        }
        view.append(UnsafeBufferPointer(start: text.base + at, count: text.upper - at))
    }

    /// The letter of `\n`, `\r`, `\t`, `\b` or `\f`.
    static func isLetterOfEscape(_ byte: UInt8) -> Bool {
        byte == 0x6E || byte == 0x72 || byte == 0x74 || byte == 0x62 || byte == 0x66
    }

    /// The end of a run of at least four pairs of backslashes; nil where there is none.
    private static func endOfSlashes(_ text: Text, _ start: Int) -> Int? {
        guard text[start + 1] == 0x5C, text[start + 2] == 0x5C, text[start + 7] == 0x5C else { return nil }
        let end = text.end(ofRun: 0x5C, from: start)
        return end - start >= 8 ? end - (end - start) % 2 : nil
    }

    /// Appends what the escape at `slash` stands for; returns its length.
    private static func decodeOne(_ text: Text, _ slash: Int, _ isJSON: Bool, _ view: inout Arena) -> Int {
        let kind = text[slash + 1]
        switch kind {
        case 0x22, 0x27, 0x2F, 0x3D, 0x5C: view.put(kind)  // \= is CEF's
        case 0x6E: view.put(0x0A)
        case 0x72: view.put(0x0D)
        case 0x74: view.put(0x09)
        case 0x62 where isJSON: view.put(0x08)
        case 0x66 where isJSON: view.put(0x0C)
        case 0x75: return unicode(text, slash, &view)
        case 0x78:
            guard let byte = hex(text, slash + 2, 2), byte < 0x80 else { return keep(1, text, slash, &view) }
            view.put(UInt8(byte))
            return 4
        default: return keep(1, text, slash, &view)
        }
        return 2
    }

    private static func keep(_ count: Int, _ text: Text, _ at: Int, _ view: inout Arena) -> Int {
        for i in at..<at + count { view.put(text[i]) }
        return count
    }

    private static func unicode(_ text: Text, _ slash: Int, _ view: inout Arena) -> Int {
        guard let first = hex(text, slash + 2, 4) else { return keep(1, text, slash, &view) }
        if (0xD800..<0xDC00).contains(first), text[slash + 6] == 0x5C, text[slash + 7] == 0x75,
            let second = hex(text, slash + 8, 4), (0xDC00..<0xE000).contains(second)
        {
            append(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), &view)
            return 12
        }
        append(first, &view)
        return 6
    }

    private static func append(_ scalar: Int, _ view: inout Arena) {
        guard let scalar = Unicode.Scalar(UInt32(scalar)) else { return view.put(0x3F) }  // a lone surrogate
        for byte in UTF8.encode(scalar) ?? UTF8.EncodedScalar() { view.put(byte) }
    }

    private static func hex(_ text: Text, _ at: Int, _ count: Int) -> Int? {
        var value = 0
        for i in at..<at + count {
            guard let digit = text[i].hexValue else { return nil }
            value = value << 4 | Int(digit)
        }
        return value
    }

    /// Undoes `%XX` of [start, end).
    static func percents(_ text: Text, into view: inout Arena, map: inout OffsetMap) {
        view.removeAll()
        map.reset(source: text.lower)
        var at = text.lower
        while at < text.upper {
            if text[at] == 0x25, let value = hex(text, at + 1, 2) {
                map.append(decoded: view.count, source: at)
                view.put(UInt8(value))
                at += 3
                map.append(decoded: view.count, source: at)
            } else {
                view.put(text[at])
                at += 1
            }
        }
    }

    /// Decodes base64 of either alphabet; false when it is none.
    ///
    /// No map: such a run goes as a whole.
    static func base64(_ text: Text, into view: inout Arena) -> Bool {
        view.removeAll()
        var bits: UInt32 = 0
        var have = 0
        for i in text.lower..<text.upper where text[i] != 0x3D {
            guard let value = base64Value(text[i]) else { return false }
            bits = bits << 6 | UInt32(value)
            have += 6
            if have >= 8 {
                have -= 8
                view.put(UInt8(truncatingIfNeeded: bits >> UInt32(have)))
            }
        }
        return true
    }

    /// The value of a character of either base64 alphabet.
    static func base64Value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case 0x2B, 0x2D: 62
        case 0x2F, 0x5F: 63
        default: nil
        }
    }
}
