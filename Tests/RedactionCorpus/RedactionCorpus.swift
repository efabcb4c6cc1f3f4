/// Lines to measure redaction on: secrets in the places where logs have them, and clean lines dense in look-alikes.
///
/// Made from the published formats, apart from the catalogue, so that it measures the catalogue.
package enum RedactionCorpus {
    /// A line that holds a secret.
    package struct Sample: Sendable {
        /// What kind of secret.
        package var kind: String
        package var line: String
        /// What must not be in the redacted line.
        package var secret: String
        /// Marked as on by default.
        package var isOnByDefault: Bool
    }

    /// Samples of a seed: each kind in each place that can hold it.
    package static func samples(seed: UInt64) -> [Sample] {
        var random = CorpusRandom(seed: seed)
        return secrets(&random) + partial(&random) + numbers(&random) + keyed(&random)
    }

    private static func secrets(_ random: inout CorpusRandom) -> [Sample] {
        var samples: [Sample] = []
        for (name, template) in SecretForms.all {
            for _ in 0..<24 {
                let secret = random.fill(template)
                samples.append(sample(name, secret, in: random.pick(CorpusContexts.plain)))
            }
        }
        return samples
    }

    private static func partial(_ random: inout CorpusRandom) -> [Sample] {
        var samples: [Sample] = []
        for (name, template) in SecretForms.partial {
            for context in CorpusContexts.whole {
                let filled = random.fill(template)
                let parts = filled.split(whereSeparator: { $0 == "«" || $0 == "»" }, keepingEmpty: true)
                guard parts.count == 3 else { continue }
                let isJSON = context.contains("{\"")
                let whole = parts.joined()
                // Quotes in JSON are escaped once; a text that is escaped already stays.
                let text = isJSON ? escaped(whole) : whole
                let line = replace(context, "§", text)
                samples.append(Sample(kind: name, line: line, secret: parts[1], isOnByDefault: true))
            }
        }
        return samples
    }

    private static func numbers(_ random: inout CorpusRandom) -> [Sample] {
        let makers: [(String, Bool, (inout CorpusRandom) -> String)] = [
            ("card", true, NumberMaker.card), ("card-grouped", true, NumberMaker.groupedCard),
            ("iban", true, NumberMaker.iban), ("iban-grouped", true, NumberMaker.groupedIban),
            ("us-ssn", true, NumberMaker.ssn), ("itin", true, NumberMaker.itin), ("br-cpf", true, NumberMaker.cpf),
            ("ch-ahv", true, NumberMaker.ahv), ("es-dni", true, NumberMaker.dni), ("fi-hetu", true, NumberMaker.hetu),
            ("kr-rrn", true, NumberMaker.rrn), ("cn-resident-id", true, NumberMaker.residentID),
            ("fr-nir", true, NumberMaker.nir), ("phone", true, NumberMaker.phone), ("email", true, NumberMaker.email),
            ("phone-us", false, { $0.fill("(415) 5{d2}-{d4}").replacingFirstZero }),
            ("ipv4", false, { "81.\($0.below(255)).\(1 + $0.below(254)).\(1 + $0.below(254))" }),
            ("ipv6", false, { $0.fill("2a01:{h4}:{h4}:{h3}1:{h3}2:{h3}3:{h3}4:{h3}5") }),
            ("mac", false, { $0.fill("3c:22:fb:{h2}:{h2}:0a") }),
            ("user-path", false, { $0.fill("/home/{w7}/") }),
            ("ethereum-address", false, { $0.fill("0x{h40}") }),
        ]
        var samples: [Sample] = []
        for (name, isDefault, make) in makers {
            for context in CorpusContexts.plain {
                let secret = make(&random)
                let core = name == "user-path" ? String(secret.dropFirst(6).dropLast()) : secret
                samples.append(
                    Sample(kind: name, line: replace(context, "§", secret), secret: core, isOnByDefault: isDefault)
                )
            }
        }
        return samples
    }

    private static func keyed(_ random: inout CorpusRandom) -> [Sample] {
        var samples: [Sample] = []
        for (key, template, isDefault) in KeyForms.all {
            for context in CorpusContexts.keyed {
                let secret = random.fill(template)
                let line = replace(replace(context, "¤", key), "§", secret)
                samples.append(
                    Sample(kind: "key:" + key, line: line, secret: secret, isOnByDefault: isDefault)
                )
            }
        }
        return samples
    }

    private static func sample(_ name: String, _ secret: String, in context: String) -> Sample {
        Sample(kind: name, line: replace(context, "§", secret), secret: secret, isOnByDefault: true)
    }

    private static func escaped(_ text: String) -> String {
        text.contains("\\\"") || text.contains("\\n") ? text : replace(text, "\"", "\\\"")
    }

    private static func replace(_ text: String, _ mark: Character, _ value: String) -> String {
        text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: value)
    }

    /// Clean lines of a seed, dense in look-alikes.
    package static func clean(count: Int, seed: UInt64) -> [String] {
        var random = CorpusRandom(seed: seed)
        return (0..<count).map { CleanForms.all[$0 % CleanForms.all.count].filled(&random) }
    }
}

extension String {
    fileprivate func filled(_ random: inout CorpusRandom) -> String { random.fill(self) }

    /// `(415) 5xx-…`: an exchange is fine whatever follows the 5.
    fileprivate var replacingFirstZero: String { self }

    fileprivate func split(whereSeparator isMark: (Character) -> Bool, keepingEmpty: Bool) -> [String] {
        split(omittingEmptySubsequences: !keepingEmpty, whereSeparator: isMark).map(String.init)
    }
}
