/// Which fields of the line a record has taken over.
extension Record {
    /// Notes that the record holds the value of the canonical field of this meaning.
    @inline(__always) mutating func consume(_ meaning: Meaning) { consumed |= 1 &<< UInt64(meaning.rawValue) }

    /// Whether the record holds this field's value, so that an encoder need not repeat it.
    @inline(__always) func consumes(_ field: Field, _ canonical: borrowing CanonicalFields) -> Bool {
        consumed & 1 &<< UInt64(field.meaning.rawValue) != 0 && canonical.slot(field.meaning).start == field.start
    }
}
