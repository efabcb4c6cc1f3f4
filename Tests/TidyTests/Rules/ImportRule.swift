/// An import is an arrow of the module graph, and one that the graph has.
struct ImportRule: Rule {
    func violations(in file: SourceFile) -> [Violation] {
        guard file.isSwift else { return [] }
        return file.codeLines.enumerated().compactMap { index, line in
            guard let module = Self.module(importedBy: line), let problem = problem(module, in: file.target) else {
                return nil
            }
            return Violation(file: file.path, line: index + 1, message: problem)
        }
    }

    /// `package import struct NIOCore.ByteBuffer` gives `NIOCore`.
    static func module(importedBy line: String) -> String? {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), words.count > keyword + 1 else { return nil }
        let modifiers: Set<Substring> = ["package", "public", "internal", "private", "fileprivate"]
        guard words[..<keyword].allSatisfy({ $0.hasPrefix("@") || modifiers.contains($0) }) else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
        let name = kinds.contains(words[keyword + 1]) ? words.dropFirst(keyword + 2).first : words[keyword + 1]
        return name?.split(separator: ".").first.map(String.init)
    }

    private func problem(_ module: String, in target: String) -> String? {
        if ModuleGraph.banned.contains(module) {
            return "\(module) is banned: FoundationEssentials, off the data path, or the C library"
        }
        if ModuleGraph.system.contains(module) {
            guard target == "RecordPath", !ModuleGraph.systemOfRecordPath.contains(module) else { return nil }
            return "RecordPath knows no I/O, no async and no clock: it must not import \(module)"
        }
        if let owners = ModuleGraph.foreign[module] {
            guard !owners.contains(target) else { return nil }
            return "\(module) is imported by \(owners.sorted().joined(separator: " and ")) only, not by \(target)"
        }
        guard let allowed = ModuleGraph.arrows[target] else {
            return "target \(target) is not in ModuleGraph.arrows"
        }
        guard !allowed.contains(module) else { return nil }
        return ModuleGraph.order.contains(module)
            ? "\(target) must not import \(module): the arrow is not in ModuleGraph.arrows"
            : "\(module) is not in ModuleGraph: a new dependency needs a measured reason"
    }
}
