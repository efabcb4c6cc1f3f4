import RecordPath

/// A line of text with what the parser found in it, copied out for comparison.
struct TextLine {
    /// 2023-06-15T12:00:00Z, what the source's clock shows.
    static let reference: Int64 = 1_686_830_400_000_000_000

    var format: TextFormat
    var level: Level
    var time: Int64?
    var message: String
    var fields: [Meaning: String]
    var embeddedJSON: String?

    init(_ text: String, last: TextFormat = .text) { self.init(Array(text.utf8), last: last) }

    init(_ bytes: [UInt8], last: TextFormat = .text) {
        var parser = TextParser()
        var table = TextFieldTable()
        var memory = TextMemory(format: last)
        format = withExactBytes(bytes) {
            parser.parse($0, $1, reference: Self.reference, memory: &memory, into: &table)
        }
        level = table.level
        time = table.time
        message = String(decoding: bytes[table.message], as: UTF8.self)
        embeddedJSON = table.embeddedJSON.map { String(decoding: bytes[$0...], as: UTF8.self) }
        fields = [:]
        for field in table.fields {
            fields[field.meaning] = String(decoding: bytes[Int(field.start)..<Int(field.end)], as: UTF8.self)
        }
    }
}
