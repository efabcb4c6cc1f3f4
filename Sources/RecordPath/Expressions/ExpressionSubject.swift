/// A record as expressions see it.
///
/// Asked only for what the expression names and only until its outcome is certain. Bytes are borrowed until the
/// next question: a subject may hand out a scratch buffer again and again.
package protocol ExpressionSubject: ~Copyable {
    /// The level; `none` where the record has none.
    var level: Level { get }

    /// `status`, or `latency` and `timestamp` in nanoseconds; nil where the record has none.
    func number(of field: ExpressionField) -> Int64?

    /// A field that holds text, without quotes and escapes; nil where the record has none.
    func text(of field: ExpressionField) -> UnsafeBufferPointer<UInt8>?

    /// A field of the line by the number that `AttributeNames` gave its dotted path, without quotes and escapes.
    ///
    /// Nil where the line has none, or null, or an object or array: there is nothing to compare.
    func attribute(_ number: Int) -> UnsafeBufferPointer<UInt8>?
}
