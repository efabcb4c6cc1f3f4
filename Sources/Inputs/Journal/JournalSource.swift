package import RecordPath

/// What the entries of one stream of the journal have in common: who wrote them.
package struct JournalSource: Sendable, Equatable {
    /// `_SYSTEMD_UNIT`, or the unit that process 1 speaks of.
    package var unit: String
    /// `SYSLOG_IDENTIFIER`, else `_COMM`.
    package var identifier: String
    /// `CONTAINER_NAME`.
    package var container: String
    /// `CONTAINER_ID_FULL`; not empty: Docker's journald driver wrote it.
    package var containerID: String
    /// `IMAGE_NAME`.
    package var image: String
    /// Docker's driver writes stdout with PRIORITY 6 and stderr with 3.
    package var isStderr: Bool

    /// Makes a source; what the journal does not have is empty.
    package init(
        unit: String = "",
        identifier: String = "",
        container: String = "",
        containerID: String = "",
        image: String = "",
        isStderr: Bool = false
    ) {
        self.unit = unit
        self.identifier = identifier
        self.container = container
        self.containerID = containerID
        self.image = image
        self.isStderr = isStderr
    }

    /// The same for the rest of the agent.
    package var origin: SourceStream.Origin {
        func known(_ text: String) -> String? { text.isEmpty ? nil : text }
        guard containerID.isEmpty else {
            let stream = isStderr ? "stderr" : "stdout"
            return SourceStream.Origin(
                input: JournalInput.inputName,
                key: "journald:container:\(containerID):\(stream)",
                fallbackService: known(container) ?? String(containerID.prefix(12)),
                stream: stream,
                container: known(container),
                containerID: containerID,
                image: known(image),
                unit: known(unit)
            )
        }
        return SourceStream.Origin(
            input: JournalInput.inputName,
            key: "journald:\(unit):\(identifier)",
            fallbackService: service,
            unit: known(unit)
        )
    }

    /// The unit's name without its instance and suffix; the identifier where the unit is only a frame for many
    /// programs: login sessions, user managers, process 1.
    private var service: String? {
        let isFrame =
            unit.isEmpty || unit == "init.scope" || unit.hasPrefix("user@")
            || (unit.hasPrefix("session-") && unit.hasSuffix(".scope"))
        if isFrame, !identifier.isEmpty { return identifier }
        let name = unit.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        guard name.utf8.count == unit.utf8.count, let dot = name.lastIndex(of: ".") else {
            return name.isEmpty ? nil : String(name)
        }
        return String(name[..<dot])
    }

    /// Longest text of a description; longer ones are cut by the reader.
    package static let maximumTextLength = 1024

    /// Reads all descriptions of a frame.
    ///
    /// Each is its number (2, little-endian), a flag that says stderr (1), then unit, identifier, container, container
    /// id and image, each with its length (2) before it.
    package static func decode(
        _ payload: UnsafeRawBufferPointer
    ) throws(JournalProtocolError) -> [(number: UInt16, source: JournalSource)] {
        var rest = payload[...]
        var sources: [(number: UInt16, source: JournalSource)] = []
        while !rest.isEmpty {
            guard rest.count >= 3 else { throw .badSource }
            let head = Array(rest.prefix(3))
            rest = rest.dropFirst(3)
            var texts: [String] = []
            for _ in 0..<5 { texts.append(try takeText(&rest)) }
            let source = JournalSource(
                unit: texts[0],
                identifier: texts[1],
                container: texts[2],
                containerID: texts[3],
                image: texts[4],
                isStderr: head[2] & 1 == 1
            )
            sources.append((UInt16(head[0]) | UInt16(head[1]) << 8, source))
        }
        return sources
    }

    private static func takeText(_ rest: inout Slice<UnsafeRawBufferPointer>) throws(JournalProtocolError) -> String {
        let head = Array(rest.prefix(2))
        guard head.count == 2 else { throw .badSource }
        let length = Int(head[0]) | Int(head[1]) << 8
        rest = rest.dropFirst(2)
        guard length <= rest.count else { throw .badSource }
        defer { rest = rest.dropFirst(length) }
        return String(decoding: rest.prefix(length), as: UTF8.self)
    }
}
