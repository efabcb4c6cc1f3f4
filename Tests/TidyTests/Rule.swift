/// Something that every source file must keep to.
protocol Rule: Sendable {
    func violations(in file: SourceFile) -> [Violation]
}
