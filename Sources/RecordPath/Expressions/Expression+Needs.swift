import Settings

/// What an expression asks a record for.
struct ExpressionNeeds {
    /// Nothing but level, status and latency: the outcome can be told from those three alone.
    var isNumeric = true
    /// The latencies that it compares with, nanoseconds.
    var latencies: [Int64] = []

    /// Takes in another expression.
    mutating func formUnion(_ other: ExpressionNeeds) {
        isNumeric = isNumeric && other.isNumeric
        latencies += other.latencies
    }
}

extension Expression {
    /// What it asks a record for.
    var needs: ExpressionNeeds { program.needs }
}

extension Indicator {
    /// What its expressions ask a record for.
    var needs: ExpressionNeeds {
        [total, bad, good].compactMap { $0?.needs }.reduce(into: ExpressionNeeds()) { $0.formUnion($1) }
    }
}

extension ExpressionProgram {
    var needs: ExpressionNeeds {
        instructions.reduce(into: ExpressionNeeds()) { needs, step in
            let field = step.isAttribute ? nil : ExpressionField(rawValue: UInt8(truncatingIfNeeded: step.operand))
            switch (step.opcode, field) {
            case (.level, _), (.number, .status), (.numberIn, .status): break
            case (.number, .latency): needs.latencies += [step.low, step.high]
            case (.numberIn, .latency): needs.latencies += numbers[Int(step.low)..<Int(step.low + step.high)]
            default: needs.isNumeric = false
            }
        }
    }
}
