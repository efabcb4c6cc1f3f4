#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The files that `slo_files` names, relative to the configuration's own folder.
enum SLOFiles {
    /// The files of a pattern with `*`, `?` and `[…]`, in the order of their names.
    static func paths(_ pattern: String, relativeTo folder: String) -> [String] {
        let full = pattern.hasPrefix("/") || folder.isEmpty ? pattern : folder + "/" + pattern
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(full, GLOB_NOSORT, nil, &found) == 0 else { return [] }
        let paths = (0..<Int(found.gl_pathc)).compactMap { index in found.gl_pathv[index].map { String(cString: $0) } }
        return paths.sorted()
    }

    /// The folder of a file; empty for one in the working directory.
    static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? ""
    }
}
