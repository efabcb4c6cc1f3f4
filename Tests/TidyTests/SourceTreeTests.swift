import Testing

@Suite struct SourceTreeTests {
    static let rules: [any Rule] = [ImportRule(), LengthRule(), BannedCodeRule(), CommentedUnsafeRule()]

    @Test func everySourceFileKeepsTheHouseRules() throws {
        let files = try SourceTree().files(under: "Sources")
        try #require(files.count { $0.isSwift } > 5, "the sources were not found")
        for violation in files.flatMap({ file in Self.rules.flatMap { $0.violations(in: file) } }) {
            Issue.record("\(violation.description)")
        }
    }

    @Test func everyArrowOfTheModuleGraphPointsDown() throws {
        for (target, imports) in ModuleGraph.arrows {
            let from = try #require(ModuleGraph.order.firstIndex(of: target), "\(target) has no place in the order")
            for module in imports {
                let to = try #require(ModuleGraph.order.firstIndex(of: module), "\(module) has no place in the order")
                #expect(to > from, "\(target) -> \(module) points up")
            }
        }
    }

    @Test func aDependencyHasOneImporterAndNIOTwo() {
        for (module, owners) in ModuleGraph.foreign {
            #expect(owners.count <= (module.hasPrefix("NIO") ? 2 : 1), "\(module)")
        }
    }
}
