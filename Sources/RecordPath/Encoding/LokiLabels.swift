/// Stream labels: a LogQL selector with sorted names, so that equal label sets are equal texts.
enum LokiLabels {
    /// Longest label value, bytes (Loki's default limit is 2,048).
    static let maximumValueBytes = 1024

    /// The labels of a record; labels without a value are left out, `service_name` never is.
    static func list(
        plan: LokiPlan,
        origin: borrowing RedactedOrigin,
        service: String,
        level: Level
    ) -> [(name: String, value: String)] {
        var list: [(name: String, value: String)] = [("service_name", service)]
        for label in plan.labels where label.name != "service_name" {
            let value: String? =
                switch label.source {
                case .serviceName: service
                case .level: level == .none ? nil : level.name
                case .host: plan.host
                case .constant(let text): text
                case .containerLabel(let key): origin.labels[key]
                case .input: origin.input
                case .stream: origin.stream
                case .container: origin.container
                case .image: origin.image
                case .unit: origin.unit
                }
            if let value, !value.isEmpty { list.append((label.name, cut(value))) }
        }
        return list
    }

    /// `{a="b", c="d"}`, sorted by name; sorts the list as well.
    static func selector(_ list: inout [(name: String, value: String)]) -> String {
        list.sort { $0.name < $1.name }
        var text = "{"
        for (index, label) in list.enumerated() {
            if index > 0 { text += ", " }
            text += label.name + "=\"" + escape(label.value) + "\""
        }
        return text + "}"
    }

    /// The hour of a time, `YYYYMMDDHH` in UTC.
    static func hour(_ time: Int64) -> String {
        let seconds = time >= 0 ? time / 1_000_000_000 : (time - 999_999_999) / 1_000_000_000
        let date = CivilDate(secondsSince1970: seconds)
        return CivilDate.pad(date.year, 4) + CivilDate.pad(date.month, 2) + CivilDate.pad(date.day, 2)
            + CivilDate.pad(date.hour, 2)
    }

    /// Go's string escapes, as LogQL wants them.
    private static func escape(_ value: String) -> String {
        var out = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    out += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out
    }

    private static func cut(_ value: String) -> String {
        guard value.utf8.count > maximumValueBytes else { return value }
        var bytes = Array(value.utf8.prefix(maximumValueBytes))
        while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
        if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
