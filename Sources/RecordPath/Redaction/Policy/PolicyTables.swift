internal import CScan

/// What the policy lends to the kernel and to redactors: memory that never changes after init.
///
/// `@unchecked Sendable`, with this invariant: all pointers are written in `init`, then only read, and freed when the
/// last policy and redactor that refer to this object are gone.
final class PolicyTables: @unchecked Sendable {
    /// For `martlet_scan_line`.
    let kernel: OpaquePointer?
    /// The probe of each literal, by the literal's number in the kernel's tables.
    let probes: UnsafeMutableBufferPointer<Probe>
    /// For each byte, whether a literal begins with it.
    let beginsLiteral: UnsafeMutableBufferPointer<Bool>
    /// The elements of all token patterns.
    let elements: UnsafeMutableBufferPointer<TokenPattern.Element>
    let shapes: ShapeProbes
    /// Bit `MARTLET_SHAPE_*` for each shape the kernel reports.
    let shapeFlags: UInt32
    /// `actions[scope * detectorCount + detector]`: `RedactionAction.index`, or 255 where the detector is off.
    let actions: UnsafeMutableBufferPointer<UInt8>
    let detectorCount: Int
    /// Bit 0: digits or hex without a prefix; the precedence is above it.
    let traits: UnsafeMutableBufferPointer<UInt8>
    /// What the key rules do with values, by their number.
    let keyRules: UnsafeMutableBufferPointer<KeyHandling>

    /// Copies what a builder collected.
    init(_ builder: PolicyBuilder) {
        kernel = Self.makeKernel(builder)
        probes = Self.copy(builder.anchors.map(\.probe))
        let first = builder.anchors.map { (byte: $0.bytes[0], folds: $0.folds) }
        beginsLiteral = Self.copy(
            (0...255).map { byte in first.contains { $0.byte == byte || ($0.folds && $0.byte ^ 0x20 == byte) } }
        )
        elements = Self.copy(builder.elements)
        shapes = builder.shapes
        shapeFlags = builder.shapeFlags
        actions = Self.copy(builder.actions)
        detectorCount = builder.detectors.count
        keyRules = Self.copy(
            builder.classifier.rules.map {
                KeyHandling(treatment: $0.treatment, shape: $0.shape, contents: $0.contents)
            }
        )
        traits = Self.copy(builder.detectors.map { ($0.isPlainNumber ? 1 : 0) | $0.precedence.rawValue << 1 })
    }

    deinit {
        martlet_scan_tables_free(kernel)
        probes.deallocate()
        beginsLiteral.deallocate()
        elements.deallocate()
        actions.deallocate()
        traits.deallocate()
        keyRules.deallocate()
    }

    /// The share of text positions that the kernel has to look at twice, estimated.
    var expectedHits: Double { kernel.map { martlet_scan_tables_expected_hits($0) } ?? 0 }

    private static func copy<T>(_ array: [T]) -> UnsafeMutableBufferPointer<T> {
        let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: array.count)
        _ = buffer.initialize(from: array)
        return buffer
    }

    private static func makeKernel(_ builder: PolicyBuilder) -> OpaquePointer? {
        let anchors = builder.anchors
        let bytes = copy(anchors.flatMap(\.bytes))
        defer { bytes.deallocate() }
        var offset = 0
        let rows = anchors.map { anchor in
            defer { offset += anchor.bytes.count }
            let flags = (anchor.folds ? MARTLET_LITERAL_FOLD : 0) | (anchor.wantsEdge ? MARTLET_LITERAL_EDGE : 0)
            let start = bytes.baseAddress.map { UnsafePointer($0 + offset) }
            return martlet_literal(
                bytes: start,
                count: UInt8(anchor.bytes.count),
                flags: UInt8(flags),
                word_bytes: anchor.wordBytes
            )
        }
        let keys = builder.keyEndings
        return martlet_scan_tables_make(rows, rows.count, builder.shapeFlags, keys.isEmpty ? nil : keys.bits)
    }
}
