import Artefacts
import Foundation

/// Artefacts in a folder of a test's own.
struct WrittenArtefacts {
    let folder: String

    init(_ files: [Artefact]) throws {
        folder = NSTemporaryDirectory() + "martlet-artefacts-" + UUID().uuidString
        for file in files {
            let url = URL(fileURLWithPath: folder + "/" + file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try file.text.write(to: url, atomically: false, encoding: .utf8)
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
