/// Finds what a key means from its path, whatever the logger calls it.
///
/// Cold code: the key table asks once for every key it has not seen before. Case and the separators `.`, `_` and
/// `-` do not count, so `http.response.status_code`, `{"http":{"response":{"statusCode":…}}}` and
/// `HTTP_RESPONSE_STATUS_CODE` are one name.
package struct CanonicalNames: Sendable {
    /// Names that the operator adds for one canonical field (`parse.fields`, `correlate.trace`, `correlate.request`).
    package struct Addition: Sendable, Equatable {
        package var meaning: Meaning
        package var names: [String]

        /// Makes an addition for a field by its SPEC name; nil where there is no such field or unit.
        package init?(field: String, names: [String], unit: String? = nil) {
            guard let meaning = CanonicalNames.meaning(ofField: field, unit: unit) else { return nil }
            self.meaning = meaning
            self.names = names
        }
    }

    /// Names of canonical fields that an operator may add to.
    package static let fields = [
        "timestamp", "level", "message", "service", "trace_id", "span_id", "request_id", "method", "route", "path",
        "status", "latency", "error", "user_agent", "host", "logger",
    ]

    /// Longer paths mean nothing.
    package static let maxPathBytes = 256

    /// `span_id`, `req_id` and longer ones: `trace`, `span` and `id` are words, too.
    private static let shortestIdentifier = 6

    private static let builtIn = CanonicalNames(adding: [])
    private static let strippedPenalty: UInt8 = 128
    /// Behind all others, also those in containers.
    private static let weakRank: UInt8 = 254

    private var names: [String: CanonicalName] = [:]
    /// Names whose case counts, because another producer uses the same word with another meaning.
    private var exact: [String: CanonicalName] = [:]

    /// Makes the table; additions stand ahead of what is built in, the first of them first.
    package init(adding additions: [Addition]) {
        for addition in additions {
            for name in addition.names where names[Self.normalised(name.utf8)] == nil {
                names[Self.normalised(name.utf8)] = CanonicalName(meaning: addition.meaning, rank: 0)
            }
        }
        var rank: UInt8 = 1
        for row in CanonicalNameTable.rows {
            for name in row.names.split(separator: " ") {
                let entry = CanonicalName(
                    meaning: row.meaning,
                    rank: row.isWeak ? Self.weakRank : rank,
                    levelScale: row.scale
                )
                if row.isExact {
                    if names[Self.normalised(name.utf8)] == nil { exact[String(name)] = entry }
                } else if names[Self.normalised(name.utf8)] == nil {
                    names[Self.normalised(name.utf8)] = entry
                }
            }
            rank += 1
        }
    }

    /// What a key means by the built-in names; the path is dotted, as logged.
    package static func meaning(ofPath path: UnsafeBufferPointer<UInt8>) -> Meaning {
        builtIn.name(ofPath: path).meaning
    }

    /// What a key means, with its rank and level scale; the path is dotted, as logged.
    package func name(ofPath path: UnsafeBufferPointer<UInt8>) -> CanonicalName {
        guard !path.isEmpty, path.count <= Self.maxPathBytes else { return .other }
        if let known = exact[String(decoding: path, as: UTF8.self)] { return known }
        if let known = lookup(path[...]) { return known }
        return lookupInContainer(path) ?? .other
    }

    /// How numbers are read under the level key of this rank, in a line whose message key has that rank.
    ///
    /// GELF writes syslog's numbers under the plain name `level`; its message key gives it away.
    package static func levelScale(ofRank rank: UInt8, messageRank: UInt8 = .max) -> LevelScale {
        let row = Int(rank & (strippedPenalty - 1)) - 1
        guard row >= 0, row < CanonicalNameTable.rows.count else { return .plain }
        let scale = CanonicalNameTable.rows[row].scale
        guard scale == .plain, messageRank != .max else { return scale }
        return messageRank == gelfRank ? .syslog : .plain
    }

    /// Whether this is the rank of the name `trace`, under which stack traces and flags stand, too.
    static func isTrace(_ rank: UInt8) -> Bool { rank & (strippedPenalty - 1) == traceRank }

    /// Whether this is the rank of the name `span`, under which names of spans stand, too.
    static func isSpan(_ rank: UInt8) -> Bool { rank & (strippedPenalty - 1) == spanRank }

    private static let spanRank = builtIn.names[normalised(CanonicalNameTable.span.utf8)]?.rank ?? 0
    private static let traceRank = builtIn.names[normalised(CanonicalNameTable.trace.utf8)]?.rank ?? 0
    /// The rank of the name `code`, without that of its container.
    static let codeRank = builtIn.names[normalised(CanonicalNameTable.code.utf8)]?.rank ?? 0

    /// The rank of the name that tells Serilog's compact format.
    static let compactRank = builtIn.names[normalised(CanonicalNameTable.compactTime.utf8)]?.rank ?? 0
    private static let compactMessageRanks = CanonicalNameTable.compactMessages.compactMap {
        builtIn.names[normalised($0.utf8)]?.rank
    }

    /// Whether this is the rank of a message in Serilog's compact format.
    static func isCompactMessage(_ rank: UInt8) -> Bool { compactMessageRanks.contains(rank) }

    /// The rank of the name `id`, without that of its container.
    static let idRank = builtIn.names[normalised(CanonicalNameTable.id.utf8)]?.rank ?? 0
    /// The rank of the name of time in zap's lines.
    static let zapTimeRank = builtIn.names[normalised(CanonicalNameTable.zapTime.utf8)]?.rank ?? 0

    /// Of the request id and the service in Nextcloud's lines.
    static let nextcloudRanks = [CanonicalNameTable.nextcloudID, CanonicalNameTable.nextcloudApp].map {
        builtIn.names[normalised($0.utf8)]?.rank ?? 0
    }

    private static let gelfRank = builtIn.names[normalised(CanonicalNameTable.gelfMessage.utf8)]?.rank ?? 0

    /// A whole name: as it stands in the table, or a duration with a unit behind it.
    private func lookup(_ path: Slice<UnsafeBufferPointer<UInt8>>) -> CanonicalName? {
        if let known = names[Self.normalised(path)] { return known }
        guard let (stem, unit) = LatencyName.split(path), let meaning = LatencyName.meaning(ofUnit: unit),
            let base = names[Self.normalised(stem)], LatencyName.isLatency(base.meaning)
        else { return lookupHeader(path) }
        return CanonicalName(meaning: meaning, rank: base.rank)
    }

    /// A request header under its name with a prefix, as nginx (`http_`) and Traefik (`request_`) write them.
    private func lookupHeader(_ path: Slice<UnsafeBufferPointer<UInt8>>) -> CanonicalName? {
        for prefix in ["http_", "request_", "req_header_", "header_"] where path.count > prefix.utf8.count {
            guard path.prefix(prefix.utf8.count).elementsEqual(prefix.utf8, by: { ASCII.lowercased($0) == $1 }),
                let known = names[Self.normalised(path.dropFirst(prefix.utf8.count))],
                CanonicalContainer.headers.admits(known.meaning), known.rank != Self.idNameRank
            else { continue }
            return known
        }
        return nil
    }

    /// `idRank` while the table is being made: a header's `id` is none of the request's.
    private static let idNameRank = UInt8(
        truncatingIfNeeded: 1 + (CanonicalNameTable.rows.firstIndex { $0.names == CanonicalNameTable.id } ?? -1)
    )

    /// A name inside something that only holds names: request headers, a context map, a logger's extra fields.
    private func lookupInContainer(_ path: UnsafeBufferPointer<UInt8>) -> CanonicalName? {
        var start = 0
        while let dot = path[start...].firstIndex(of: 0x2E) {
            let container = Self.normalised(path[start..<dot])
            start = dot + 1
            guard let kind = CanonicalContainer.known[container] else {
                return CanonicalContainer.foreign.contains(container) ? nil : identifier(path[start...])
            }
            guard let known = lookup(path[start...]), kind.admits(known.meaning) else { continue }
            return CanonicalName(
                meaning: known.meaning,
                rank: min(known.rank, 126) + Self.strippedPenalty,
                levelScale: known.levelScale
            )
        }
        return nil
    }

    /// An id by its full name, which is the record's in whatever context of the program's own it stands.
    private func identifier(_ path: Slice<UnsafeBufferPointer<UInt8>>) -> CanonicalName? {
        var rest = path
        while let dot = rest.firstIndex(of: 0x2E) {
            guard !CanonicalContainer.foreign.contains(Self.normalised(rest[..<dot])) else { return nil }
            rest = rest[(dot + 1)...]
        }
        guard rest.count >= Self.shortestIdentifier, let known = names[Self.normalised(rest)] else { return nil }
        switch known.meaning {
        case .traceID, .spanID, .requestID, .traceContext:
            return CanonicalName(meaning: known.meaning, rank: Self.weakRank - 1)
        default: return nil
        }
    }

    /// Lower case without separators.
    private static func normalised(_ bytes: some Sequence<UInt8>) -> String {
        let kept = bytes.lazy.filter { $0 != 0x2E && $0 != 0x5F && $0 != 0x2D }.map(ASCII.lowercased)
        return String(decoding: Array(kept), as: UTF8.self)
    }

    private static func meaning(ofField field: String, unit: String?) -> Meaning? {
        if field == "latency" {
            guard let unit else { return .latency }
            return LatencyName.meaning(ofUnit: unit)
        }
        guard unit == nil else { return nil }
        let plain: [String: Meaning] = [
            "timestamp": .timestamp, "level": .level, "message": .message, "service": .service, "trace_id": .traceID,
            "span_id": .spanID, "request_id": .requestID, "method": .method, "route": .route, "path": .path,
            "status": .status, "error": .error, "user_agent": .userAgent, "host": .host, "logger": .logger,
        ]
        return plain[field]
    }
}
