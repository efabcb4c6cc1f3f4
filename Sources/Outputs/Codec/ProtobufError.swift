/// Bytes that are not the message that was expected.
struct ProtobufError: Error {}
