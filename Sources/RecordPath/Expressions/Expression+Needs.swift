import Settings

/// What an expression asks a record for.
struct ExpressionNeeds {
    /// Nothing but level, status and latency: the outcome can be told from those three alone.
    var isNumeric = true
    /// Besides those only texts of which there are few.
    var isCombinable = true
    /// These texts.
    var dimensions: Set<Dimension> = []
    /// The latencies that it compares with, nanoseconds.
    var latencies: [Int64] = []

    /// Takes in another expression.
    mutating func formUnion(_ other: ExpressionNeeds) {
        isNumeric = isNumeric && other.isNumeric
        isCombinable = isCombinable && other.isCombinable
        dimensions.formUnion(other.dimensions)
        latencies += other.latencies
    }
}

extension ExpressionNeeds {
    /// Takes in a comparison of something else.
    fileprivate mutating func add(_ step: ExpressionInstruction, _ field: ExpressionField?) {
        isNumeric = false
        switch field {
        case nil: dimensions.insert(.attribute(Int(step.operand)))
        case .method: dimensions.insert(.method)
        case .route: dimensions.insert(.route)
        // A combination is of one service.
        case .service: break
        default: isCombinable = false
        }
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
            default: needs.add(step, field)
            }
        }
    }
}
