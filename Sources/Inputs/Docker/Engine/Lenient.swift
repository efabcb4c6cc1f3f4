/// A member of an answer that may be missing, null or of another type, and is nil then.
///
/// Members that are so need no decoding code of their own.
@propertyWrapper
package struct Lenient<Value: Decodable>: Decodable {
    package var wrappedValue: Value?

    package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    package init(from decoder: any Decoder) throws { wrappedValue = try? Value(from: decoder) }
}

extension Lenient: Sendable where Value: Sendable {}
extension Lenient: Equatable where Value: Equatable {}

extension KeyedDecodingContainer {
    /// What the compiler's decoding code calls for a lenient member.
    package func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        (try? decodeIfPresent(type, forKey: key)) ?? Lenient(wrappedValue: nil)
    }
}
