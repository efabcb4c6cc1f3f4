import Inputs
import Testing

struct PathFinderTests {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        for name in ["a", "a/b", "a/b/c", "z"] { try folder.make(folder: name) }
        for name in ["top.log", "a/one.log", "a/b/two.log", "a/b/c/three.log", "z/four.txt", "a/.hidden.log"] {
            try folder.append("x\n", to: name)
        }
        try folder.link("z/link.log", to: "../a/one.log")
        try folder.link("z/loop", to: "..")
        try folder.link("z/dead.log", to: "nowhere")
    }

    private func find(_ paths: [String], exclude: [String] = []) -> [String] {
        var finder = PathFinder(paths: paths.map(folder.file), exclude: exclude)
        finder.search()
        return finder.files.map { String($0.path.dropFirst(folder.path.count + 1)) }
    }

    @Test func `a star stays within its folder`() {
        #expect(find(["*.log"]) == ["top.log"])
        #expect(find(["*/*.log"]) == ["a/one.log", "z/link.log"])
    }

    @Test func `two stars go down to any depth and do not follow links to folders`() {
        #expect(find(["**/*.log"]) == ["top.log", "a/one.log", "a/b/two.log", "a/b/c/three.log", "z/link.log"])
        #expect(find(["a/**"]) == ["a/one.log", "a/b/two.log", "a/b/c/three.log"])
    }

    @Test func `a plain path is found and a folder or a dead link is not`() {
        #expect(find(["a/b/two.log", "a/b", "z/dead.log", "none.log"]) == ["a/b/two.log"])
    }

    @Test func `what two patterns find is found once and what is excluded is not`() {
        #expect(find(["a/*.log", "a/one.*"]) == ["a/one.log"])
        #expect(find(["**/*.log"], exclude: ["t*.log", folder.file("z/*")]) == ["a/one.log"])
    }

    @Test func `every search agrees with matching each path`() {
        let patterns = ["**/*.log", "a/*/*.log", "a/**/t*.log", "?/[!l]*", "**/b/**"]
        let all = find(["**"])
        #expect(all.count == 6)
        for pattern in patterns {
            let glob = PathPattern(folder.file(pattern))
            #expect(find([pattern]).sorted() == all.filter { glob.matches(folder.file($0)) }.sorted(), "\(pattern)")
        }
    }

    @Test func `the folders that decide are known also where nothing is found`() {
        var finder = PathFinder(paths: [folder.file("a/*.none"), folder.file("later/x.log")], exclude: [])
        finder.search()
        #expect(finder.files.isEmpty)
        #expect(finder.folders == [folder.file("a/"), folder.file("later/")])
    }
}
