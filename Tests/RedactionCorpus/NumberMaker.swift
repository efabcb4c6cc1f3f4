/// Numbers with right check digits, made from the published rules and from nothing of the engine.
enum NumberMaker {
    static func card(_ random: inout CorpusRandom) -> String {
        let issuers: [(String, Int)] = [
            ("4", 16), ("4", 16), ("51", 16), ("54", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15),
            ("6011", 16), ("65", 16), ("644", 16), ("36", 14), ("300", 14), ("3528", 16), ("3589", 16), ("62", 16),
            ("62", 19), ("5018", 16), ("6759", 16), ("2200", 16), ("6521", 16), ("4", 13),
        ]
        let (prefix, length) = random.pick(issuers)
        return luhn(prefix + random.digits(length - prefix.count - 1))
    }

    /// The same with blanks or dashes.
    static func groupedCard(_ random: inout CorpusRandom) -> String {
        let mark = random.pick([" ", "-"])
        if random.below(4) == 0 {
            let digits = Array(luhn("37" + random.digits(12)))
            return [digits[0..<4], digits[4..<10], digits[10..<15]].map { String($0) }.joined(separator: mark)
        }
        let digits = Array(luhn(random.pick(["4", "52", "6011", "2223"]) + random.digits(15)).prefix(15))
        let whole = Array(luhn(String(digits)))
        return stride(from: 0, to: 16, by: 4).map { String(whole[$0..<$0 + 4]) }.joined(separator: mark)
    }

    private static func luhn(_ digits: String) -> String {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = digit.wholeNumberValue ?? 0
            sum += index % 2 == 0 ? (value * 2 > 9 ? value * 2 - 9 : value * 2) : value
        }
        return digits + "\((10 - sum % 10) % 10)"
    }

    static func iban(_ random: inout CorpusRandom) -> String {
        let forms = [
            "DE{d18}", "GB{A4}{d14}", "FR{d10}{U11}{d2}", "NL{A4}{d10}", "ES{d20}", "IT{A1}{d10}{U12}", "CH{d5}{U12}",
            "AT{d16}", "BE{d12}", "PL{d24}", "SE{d20}", "NO{d11}", "DK{d14}", "PT{d21}", "IE{A4}{d14}", "SA{d2}{U18}",
            "TR{d6}{U16}", "UA{d6}{U19}", "CZ{d20}", "FI{d14}",
        ]
        var body = ""
        let form = random.pick(forms)
        let country = String(form.prefix(2))
        var rest = form.dropFirst(2)
        while let open = rest.first, open == "{", let close = rest.firstIndex(of: "}") {
            let kind = rest[rest.index(after: rest.startIndex)]
            let count = Int(rest[rest.index(rest.startIndex, offsetBy: 2)..<close]) ?? 0
            let set = Array(
                kind == "A" ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : kind == "d" ? "0123456789" : "ABCDEFGHIJ0123456789"
            )
            for _ in 0..<count { body.append(random.pick(set)) }
            rest = rest[rest.index(after: close)...]
        }
        var remainder = 0
        for character in body + country + "00" {
            let value = character.wholeNumberValue ?? Int(character.asciiValue ?? 65) - 55
            remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97
        }
        let check = 98 - remainder
        return country + (check < 10 ? "0\(check)" : "\(check)") + body
    }

    static func groupedIban(_ random: inout CorpusRandom) -> String {
        let plain = Array(iban(&random))
        return stride(from: 0, to: plain.count, by: 4).map { String(plain[$0..<min($0 + 4, plain.count)]) }.joined(
            separator: " "
        )
    }

    static func ssn(_ random: inout CorpusRandom) -> String {
        var area = 0
        repeat { area = 1 + random.below(899) } while area == 666
        return padded(area, 3) + "-" + padded(1 + random.below(99), 2) + "-" + padded(1 + random.below(9999), 4)
    }

    static func itin(_ random: inout CorpusRandom) -> String {
        let groups = Array(50...65) + Array(70...88) + Array(90...92) + Array(94...99)
        return "9" + random.digits(2) + "-" + padded(random.pick(groups), 2) + "-" + random.digits(4)
    }

    static func cpf(_ random: inout CorpusRandom) -> String {
        var d = (0..<9).map { _ in random.below(10) }
        for length in [9, 10] {
            let sum = (0..<length).reduce(0) { $0 + d[$1] * (length + 1 - $1) }
            d.append(sum * 10 % 11 % 10)
        }
        let s = d.map(String.init).joined()
        let c = Array(s)
        return String(c[0..<3]) + "." + String(c[3..<6]) + "." + String(c[6..<9]) + "-" + String(c[9..<11])
    }

    static func ahv(_ random: inout CorpusRandom) -> String {
        let body = "756" + random.digits(9)
        var sum = 0
        for (index, digit) in body.enumerated() { sum += (digit.wholeNumberValue ?? 0) * (index % 2 == 0 ? 1 : 3) }
        let c = Array(body + "\((10 - sum % 10) % 10)")
        return String(c[0..<3]) + "." + String(c[3..<7]) + "." + String(c[7..<11]) + "." + String(c[11..<13])
    }

    static func dni(_ random: inout CorpusRandom) -> String {
        let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")
        if random.below(2) == 0 {
            let number = 10_000_000 + random.below(89_999_999)
            return "\(number)\(letters[number % 23])"
        }
        let first = random.below(3)
        let number = random.below(9_999_999)
        return ["X", "Y", "Z"][first] + padded(number, 7) + String(letters[(first * 10_000_000 + number) % 23])
    }

    static func hetu(_ random: inout CorpusRandom) -> String {
        let date = padded(1 + random.below(28), 2) + padded(1 + random.below(12), 2) + padded(random.below(100), 2)
        let serial = padded(2 + random.below(897), 3)
        let letters = Array("0123456789ABCDEFHJKLMNPRSTUVWXY")
        return date + random.pick(["-", "A"]) + serial + String(letters[(Int(date + serial) ?? 0) % 31])
    }

    static func rrn(_ random: inout CorpusRandom) -> String {
        padded(random.below(100), 2) + padded(1 + random.below(12), 2) + padded(1 + random.below(28), 2) + "-"
            + "\(1 + random.below(4))" + random.digits(6)
    }

    static func residentID(_ random: inout CorpusRandom) -> String {
        let body =
            random.pick(["110105", "310101", "440301", "510104"]) + "\(1950 + random.below(60))"
            + padded(1 + random.below(12), 2) + padded(1 + random.below(28), 2) + random.digits(3)
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }

    static func nir(_ random: inout CorpusRandom) -> String {
        let body =
            "\(1 + random.below(2))" + random.digits(2) + padded(1 + random.below(12), 2)
            + padded(1 + random.below(95), 2) + random.digits(6)
        return body + padded(97 - (Int(body) ?? 0) % 97, 2)
    }

    static func phone(_ random: inout CorpusRandom) -> String {
        let forms = [
            "+1415555{d4}", "+1 (415) 555-{d4}", "+1-212-555-{d4}", "+49 30 90{d4}", "+4915{d9}", "+49 151 {d8}",
            "+44 20 7946 0{d3}", "+447{d9}", "+33 6 {d2} {d2} {d2} {d2}", "+336{d8}", "+81-3-1234-{d4}",
            "+91 98765 {d5}",
            "+86 138 {d4} {d4}", "+55 11 9{d4}-{d4}", "+61 4{d2} {d3} {d3}", "+41 79 {d3} {d2} {d2}",
            "+48 60{d1} {d3} {d3}",
            "+31 6 {d8}", "+46 70 {d3} {d2} {d2}", "+353 8{d1} {d3} {d4}", "+380 50 {d3} {d4}", "+972 5{d1}-{d7}",
        ]
        return random.fill(random.pick(forms))
    }

    static func email(_ random: inout CorpusRandom) -> String {
        let local = random.pick([
            "bob", "alice.smith", "j.doe+tag", "o_brien", "x{d3}", "first.last{d2}", "Émile".folded, "a", "sales-eu",
            "ANNA",
        ])
        let domain = random.pick([
            "example.com", "mail.example.co.uk", "Example.ORG", "sub.host.io", "x.de", "corp-mail.dev", "a-b.travel",
            "example.museum", "firma.рф".folded, "uni.edu", "acme.cloud", "shop.app",
        ])
        return random.fill(local) + "@" + domain
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension String {
    /// ASCII only.
    fileprivate var folded: String { self == "Émile" ? "emile" : self == "firma.рф" ? "firma.xn--p1ai" : self }
}
