import Settings

/// Turns a tree into steps that jump: `and`, `or` and `not` cost nothing but the choice of two targets.
///
/// Written from the end to the beginning, so that a step's targets exist before it does.
struct ExpressionCompiler {
    private(set) var instructions: [ExpressionInstruction] = []
    private(set) var numbers: [Int64] = []
    private(set) var decimals: [ExactDecimal] = []
    private(set) var ranges: [ExpressionTest.DecimalRange] = []
    private(set) var patterns: [Pattern] = []
    private(set) var texts: [Range<Int>] = []
    private(set) var bytes: [UInt8] = []

    /// Adds the steps of a node and tells where they begin.
    ///
    /// It recurses as deep as the expression, which is bounded.
    mutating func add(_ node: ExpressionNode, _ onTrue: UInt16, _ onFalse: UInt16) -> UInt16 {
        switch node {
        case .not(let node): return add(node, onFalse, onTrue)
        case .all(let nodes): return nodes.reversed().reduce(onTrue) { add($1, $0, onFalse) }
        case .any(let nodes): return nodes.reversed().reduce(onFalse) { add($1, onTrue, $0) }
        case .test(let test):
            var instruction = make(test)
            instruction.onTrue = onTrue
            instruction.onFalse = onFalse
            instructions.append(instruction)
            return UInt16(instructions.count - 1)
        }
    }

    private mutating func make(_ test: ExpressionTest) -> ExpressionInstruction {
        switch test {
        case .level(let mask): return step(.level, .field(.level), Int64(mask))
        case .number(let field, let range, let isNegated):
            return step(.number, .field(field), range.lowerBound, range.upperBound, isNegated)
        case .numberIn(let field, let values):
            return step(.numberIn, .field(field), pool(values), Int64(values.count))
        case .text(let operand, let values, let isNegated):
            return step(.text, operand, pool(values), Int64(values.count), isNegated)
        case .pattern(let operand, let pattern):
            patterns.append(pattern)
            return step(.pattern, operand, Int64(patterns.count - 1))
        case .attributeNumber(let number, let range, let isNegated):
            ranges.append(range)
            return step(.attributeNumber, .attribute(number), Int64(ranges.count - 1), 0, isNegated)
        case .attributeNumberIn(let number, let values):
            decimals += values
            let first = Int64(decimals.count - values.count)
            return step(.attributeNumberIn, .attribute(number), first, Int64(values.count))
        case .attributeDuration(let number, let range, let isNegated):
            return step(.attributeDuration, .attribute(number), range.lowerBound, range.upperBound, isNegated)
        case .attributeDurationIn(let number, let values):
            return step(.attributeDurationIn, .attribute(number), pool(values), Int64(values.count))
        }
    }

    private func step(
        _ opcode: ExpressionInstruction.Opcode,
        _ operand: ExpressionOperand,
        _ low: Int64,
        _ high: Int64 = 0,
        _ isNegated: Bool = false
    ) -> ExpressionInstruction {
        var instruction = ExpressionInstruction(opcode: opcode, operand: 0, onTrue: 0, onFalse: 0, low: low)
        instruction.high = high
        instruction.isNegated = isNegated
        switch operand {
        case .field(let field): instruction.operand = UInt16(field.rawValue)
        case .attribute(let number):
            instruction.operand = UInt16(number)
            instruction.isAttribute = true
        }
        return instruction
    }

    private mutating func pool(_ values: [Int64]) -> Int64 {
        numbers += values
        return Int64(numbers.count - values.count)
    }

    private mutating func pool(_ values: [String]) -> Int64 {
        for value in values {
            let start = bytes.count
            bytes += value.utf8
            texts.append(start..<bytes.count)
        }
        return Int64(texts.count - values.count)
    }
}
