extension Rung {
    /// Writes the width of the slots and those that are not empty, from the oldest.
    func encode(to writer: inout StateWriter) {
        let filled = (tail...head).filter { !isEmpty(at: $0) }
        writer.put(slotMillis)
        writer.put(UInt64(filled.count))
        var previous = tail
        writer.put(tail)
        for number in filled {
            let counts = counts(at: number)
            writer.put(UInt64(number - previous))
            writer.put(counts.good)
            writer.put(counts.bad)
            // Most slots were observed from end to end.
            writer.put(UInt64(slotMillis - counts.coveredMillis))
            previous = number
        }
    }

    /// Adds the slots that were written; those of another width or beyond this ring are read and left out.
    mutating func restore(from reader: inout StateReader) -> Bool {
        guard let width = reader.signed(), let count = reader.count(), var number = reader.signed(),
            Ladder.timeRange.contains(number), width > 0, width <= LadderSlot.maximumMillis
        else { return false }
        for _ in 0..<count {
            guard let step = reader.unsigned(), let good = reader.unsigned(), let bad = reader.unsigned(),
                let uncovered = reader.unsigned(), step < 1 << 32, uncovered <= UInt64(width)
            else { return false }
            number &+= Int64(step)
            guard width == slotMillis else { continue }
            add(EventCounts(good: good, bad: bad, coveredMillis: width - Int64(uncovered)), at: number)
        }
        return true
    }

    private func isEmpty(at number: Int64) -> Bool { counts(at: number) == EventCounts() }
}
