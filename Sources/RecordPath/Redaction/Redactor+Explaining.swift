extension Redactor {
    /// What the first look at a line finds, in the line's order: detector, action, and where it stands.
    mutating func findings(
        in line: LineView,
        format: LineFormat,
        fields: UnsafeBufferPointer<Field>,
        service: RedactionScope
    ) -> [(detector: String, action: String, start: Int)] {
        find(in: line, format, fields, service)
        findings.resolve()
        return (0..<findings.count).map { index in
            let finding = findings[index]
            return (policy.detectorNames[Int(finding.detector)], action(finding).rawValue, finding.start)
        }
    }
}
