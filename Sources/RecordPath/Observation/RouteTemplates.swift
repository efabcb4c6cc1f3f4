/// Turns request paths into routes: few enough to be metric labels, and free of what names a person or an order.
///
/// Templates of `signals.routes` win, the first that fits: `{name}` stands for one segment, `*` at the end for all
/// that is left. Without one, a segment that is an identifier becomes `{id}`, whatever kind it is, so that a route
/// stays one route when numbers give way to UUIDs: numbers, UUIDs, dates, hashes, ULIDs, e-mail addresses, base64,
/// percent-encoded text, slugs with a number or of five words and more, anything above 40 bytes. Names with
/// fewer than three digits are names (`v1`, `oauth2`, `s3`). Query, fragment, host, matrix parameters, empty
/// segments and a final slash are cut. A static file becomes `{file}` under the first folder. What is deeper
/// than eight segments or longer than 120 bytes ends in `{rest}`.
package struct RouteTemplates: Sendable {
    /// A route never has more bytes: callers give a buffer of this size.
    package static let maxBytes = 128
    /// Segments kept; what is deeper becomes `{rest}`.
    package static let maxSegments = 8
    /// Templates taken from the configuration.
    package static let maxTemplates = 256

    private static let maxPathBytes = 4096
    private static let roomForRest = 8

    private let templates: [RouteTemplate]

    /// Makes the rules from the configured templates; what is over `maxTemplates` is not used.
    package init(templates: [String] = []) {
        self.templates = templates.prefix(Self.maxTemplates).compactMap(RouteTemplate.init)
    }

    /// Writes the route of a path to `target`, which has room for `maxBytes`, and returns its length; 0: no path.
    package func write(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        guard count > 0 else { return 0 }
        if let length = writeUnescaped(path, min(count, Self.maxPathBytes), to: target) { return length }
        let cut = Self.cut(path, count)
        if cut.remaining == 1, cut.next == 0x2A {
            target[0] = 0x2A
            return 1
        }
        for template in templates where template.matches(cut) { return template.write(to: target) }
        return Self.recognise(cut, target)
    }

    /// The same for a path out of a JSON string whose slashes are escaped, as PHP does it; nil for others.
    private func writeUnescaped(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        to target: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        guard (1..<count).contains(where: { path[$0] == 0x2F && path[$0 - 1] == 0x5C }) else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { plain in
            var length = 0
            for index in 0..<count where path[index] != 0x5C {
                plain.initializeElement(at: length, to: path[index])
                length += 1
            }
            return plain.baseAddress.map { write($0, length, to: target) } ?? 0
        }
    }

    /// The path alone: without scheme, host, query and fragment.
    private static func cut(_ path: UnsafePointer<UInt8>, _ count: Int) -> ByteCursor {
        var end = 0
        let limit = min(count, maxPathBytes)
        while end < limit, path[end] != 0x3F, path[end] != 0x23, path[end] != 0x20 { end += 1 }
        var cursor = ByteCursor(path, end)
        guard cursor.next != 0x2F || cursor.peek(1) == 0x2F else { return cursor }
        if !cursor.starts(with: "//") {
            var probe = cursor
            guard probe.advance(to: 0x3A, within: 16), probe.starts(with: "://") else { return cursor }
            cursor.position = probe.position + 1
        }
        cursor.position += 2
        if !cursor.advance(to: 0x2F) { cursor.position = cursor.end }
        return cursor
    }

    private static func recognise(_ path: ByteCursor, _ target: UnsafeMutablePointer<UInt8>) -> Int {
        var cursor = path
        var length = 0
        var segments = 0
        var firstEnd = 0
        while let segment = RouteTemplate.nextSegment(&cursor) {
            let text = segment.base + segment.position
            let count = segment.remaining
            if count == 0 { continue }
            if isLast(cursor), StaticFile.isName(text, count) {
                return append("/{file}", target, segments == 0 ? 0 : firstEnd)
            }
            let isIdentifier = SegmentClass.isIdentifier(text, count)
            let needed = isIdentifier ? 5 : count + 1
            guard segments < maxSegments, length + needed <= maxBytes - roomForRest else {
                return append("/{rest}", target, length)
            }
            if isIdentifier {
                length = append("/{id}", target, length)
            } else {
                target[length] = 0x2F
                (target + length + 1).update(from: text, count: count)
                length += count + 1
            }
            segments += 1
            if segments == 1 { firstEnd = length }
        }
        return length > 0 ? length : append("/", target, 0)
    }

    private static func isLast(_ cursor: ByteCursor) -> Bool {
        var rest = cursor
        return RouteTemplate.nextSegment(&rest) == nil
    }

    @inline(__always) private static func append(
        _ text: StaticString,
        _ target: UnsafeMutablePointer<UInt8>,
        _ length: Int
    ) -> Int {
        (target + length).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        return length + text.utf8CodeUnitCount
    }
}
