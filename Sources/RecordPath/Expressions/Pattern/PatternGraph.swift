/// A pattern as the steps of Thompson's construction, from which the automaton is read off.
struct PatternGraph {
    enum Step {
        /// Compares one byte; the position's number and where to go on.
        case byte(UInt8, next: Int)
        case split(Int, Int)
        case begin(next: Int)
        case end(next: Int)
        case match
    }

    /// What can be reached from a step without taking a byte.
    struct Closure {
        var positions = BitSet256()
        var matches = false
    }

    private var steps: [Step] = [.match]
    /// The bytes that each position takes.
    private(set) var sets: [BitSet256] = []
    /// Where each position goes on.
    private(set) var next: [Int] = []
    private(set) var entry = 0

    /// Nil where the pattern has too many positions or steps.
    init?(_ node: PatternNode) {
        guard let entry = add(node, next: 0) else { return nil }
        self.entry = entry
    }

    /// Everything reachable from a step, through `^` and `$` only where the text begins or ends.
    func closure(from start: Int, atBegin: Bool, atEnd: Bool) -> Closure {
        var closure = Closure()
        var seen = [Bool](repeating: false, count: steps.count)
        var open = [start]
        while let index = open.popLast() {
            guard !seen[index] else { continue }
            seen[index] = true
            switch steps[index] {
            case .byte(let position, _): closure.positions.insert(position)
            case .split(let first, let second): open += [first, second]
            case .begin(let next): if atBegin { open.append(next) }
            case .end(let next): if atEnd { open.append(next) }
            case .match: closure.matches = true
            }
        }
        return closure
    }

    private mutating func add(_ step: Step) -> Int? {
        guard steps.count < ExpressionLimits.patternSteps else { return nil }
        steps.append(step)
        return steps.count - 1
    }

    /// Adds the steps of a node that go on at `next` and tells where they begin.
    ///
    /// It recurses as deep as the pattern, which is bounded.
    private mutating func add(_ node: PatternNode, next: Int) -> Int? {
        switch node {
        case .byte(let set):
            guard sets.count < ExpressionLimits.patternPositions else { return nil }
            sets.append(set)
            self.next.append(next)
            return add(.byte(UInt8(sets.count - 1), next: next))
        case .begin: return add(.begin(next: next))
        case .end: return add(.end(next: next))
        case .sequence(let nodes):
            var next = next
            for node in nodes.reversed() {
                guard let entry = add(node, next: next) else { return nil }
                next = entry
            }
            return next
        case .choice(let nodes):
            var entry: Int?
            for node in nodes.reversed() {
                guard let branch = add(node, next: next) else { return nil }
                guard let other = entry else {
                    entry = branch
                    continue
                }
                guard let split = add(.split(branch, other)) else { return nil }
                entry = split
            }
            return entry
        case .repeated(let node, let min, let max): return add(node, min: min, max: max, next: next)
        }
    }

    private mutating func add(_ node: PatternNode, min: Int, max: Int?, next: Int) -> Int? {
        var entry = next
        if let max {
            for _ in min..<Swift.max(min, max) {
                guard let body = add(node, next: entry), let split = add(.split(body, next)) else { return nil }
                entry = split
            }
        } else {
            guard let loop = add(.split(next, next)), let body = add(node, next: loop) else { return nil }
            steps[loop] = .split(body, next)
            entry = loop
        }
        for _ in 0..<min {
            guard let body = add(node, next: entry) else { return nil }
            entry = body
        }
        return entry
    }
}
