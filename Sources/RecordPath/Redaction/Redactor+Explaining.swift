extension Redactor {
    /// What the last `redact` found, in the line's order: detector, action, and where it stood in the line.
    var lastFindings: [(detector: String, action: String, start: Int)] {
        (0..<findings.count).map { index in
            let finding = findings[index]
            return (policy.detectorNames[Int(finding.detector)], action(finding).rawValue, finding.start)
        }
    }
}
