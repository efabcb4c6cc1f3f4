/// A request line such as `GET /cart?x=1 HTTP/1.1`, taken apart.
package struct RequestLine: Equatable {
    package var method: Range<Int>
    /// As it stands in the line: path and query, or a whole URL.
    package var target: Range<Int>

    /// Takes the text between two offsets apart; nil where it begins with no method.
    ///
    /// Only methods of the IANA registry count, so that a sentence is no request.
    package init?(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
        var cursor = ByteCursor(base, from: start, to: end)
        // werkzeug colours the line inside its quotes
        cursor.skipColours()
        let verb = cursor.position
        guard cursor.skipWord(), HTTPMethodName.isKnown(base + verb, cursor.position - verb) else { return nil }
        method = verb..<cursor.position
        guard cursor.take(0x20) else { return nil }
        let from = cursor.position
        guard cursor.skipWord() else { return nil }
        target = from..<cursor.position
    }
}
