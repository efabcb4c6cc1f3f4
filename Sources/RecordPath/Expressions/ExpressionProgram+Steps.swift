import Settings

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

extension ExpressionProgram {
    /// The outcome of one step; false where its operand is absent.
    @inline(__always) func holds<Subject: ExpressionSubject & ~Copyable>(
        _ step: ExpressionInstruction,
        for subject: borrowing Subject
    ) -> Bool {
        switch step.opcode {
        case .level: return step.low >> Int64(subject.level.rawValue) & 1 != 0
        case .number:
            guard let number = number(step, of: subject) else { return false }
            return (number >= step.low && number <= step.high) != step.isNegated
        case .numberIn:
            guard let number = number(step, of: subject) else { return false }
            return isIn(step, number)
        default:
            guard let text = text(step, of: subject) else { return false }
            return holds(step, text)
        }
    }

    @inline(__always) private func number<Subject: ExpressionSubject & ~Copyable>(
        _ step: ExpressionInstruction,
        of subject: borrowing Subject
    ) -> Int64? {
        switch step.operand {
        case UInt16(ExpressionField.status.rawValue): subject.number(of: .status)
        case UInt16(ExpressionField.latency.rawValue): subject.number(of: .latency)
        default: subject.number(of: .timestamp)
        }
    }

    @inline(__always) private func text<Subject: ExpressionSubject & ~Copyable>(
        _ step: ExpressionInstruction,
        of subject: borrowing Subject
    ) -> UnsafeBufferPointer<UInt8>? {
        if step.isAttribute { return subject.attribute(Int(step.operand)) }
        return ExpressionField(rawValue: UInt8(truncatingIfNeeded: step.operand)).flatMap { subject.text(of: $0) }
    }

    /// The outcome of a step that looks at text, be it of a field or of an attribute.
    @inline(never) private func holds(_ step: ExpressionInstruction, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch step.opcode {
        case .text: return isIn(step, text) != step.isNegated
        case .pattern: return patterns[Int(step.low)].isFound(in: text)
        case .attributeNumber:
            guard let number = Self.decimal(text) else { return false }
            return ranges[Int(step.low)].contains(number) != step.isNegated
        case .attributeNumberIn:
            guard let number = Self.decimal(text) else { return false }
            return decimals[Int(step.low)..<Int(step.low + step.high)].contains { number.compare($0) == 0 }
        case .attributeDuration:
            guard let number = Self.duration(text) else { return false }
            return (number >= step.low && number <= step.high) != step.isNegated
        case .attributeDurationIn:
            guard let number = Self.duration(text) else { return false }
            return isIn(step, number)
        case .level, .number, .numberIn: return false
        }
    }

    private func isIn(_ step: ExpressionInstruction, _ number: Int64) -> Bool {
        for index in Int(step.low)..<Int(step.low + step.high) where numbers[index] == number { return true }
        return false
    }

    private func isIn(_ step: ExpressionInstruction, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in Int(step.low)..<Int(step.low + step.high) {
            let range = texts[index]
            if range.count == text.count, isEqual(range, text) { return true }
        }
        return false
    }

    /// Compares with a text of the same length.
    private func isEqual(_ range: Range<Int>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { pool in
            // Invariant: texts are ranges of `bytes`. Both pointers exist where there is a byte to compare.
            guard let left = pool.baseAddress, let right = text.baseAddress else { return true }
            return memcmp(left + range.lowerBound, right, range.count) == 0
        }
    }

    private static func decimal(_ text: UnsafeBufferPointer<UInt8>) -> DecimalNumber? {
        guard let base = text.baseAddress else { return nil }
        return DecimalNumber(base, text.count)
    }

    private static func duration(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let base = text.baseAddress else { return nil }
        return Latency.nanoseconds(base, text.count, meaning: .latency)
    }
}
