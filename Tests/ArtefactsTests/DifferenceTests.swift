import Artefacts
import Testing

/// The diff of `--check`.
@Suite struct DifferenceTests {
    @Test("Equal files have no difference, a missing one is all new")
    func ends() {
        #expect(Difference(path: "a", found: "x\n", wanted: "x\n") == nil)
        #expect(
            Difference(path: "a", found: nil, wanted: "x\ny\n")?.text
                == "--- /dev/null\n+++ a\n@@ -0,0 +1,2 @@\n+x\n+y\n"
        )
    }

    @Test("A changed line stands between three lines before and after it")
    func context() {
        let old = (1...20).map { "line \($0)\n" }.joined()
        let difference = Difference(path: "a", found: old, wanted: old.replacing("line 10\n", with: "line ten\n"))
        #expect(
            difference?.text == """
                --- a
                +++ a
                @@ -7,7 +7,7 @@
                 line 7
                 line 8
                 line 9
                -line 10
                +line ten
                 line 11
                 line 12
                 line 13

                """
        )
    }

    @Test("Changes far apart are two hunks, near ones are one")
    func hunks() {
        let old = (1...40).map { "line \($0)\n" }.joined()
        let far = old.replacing("line 5\n", with: "five\n").replacing("line 30\n", with: "")
        let difference = Difference(path: "a", found: old, wanted: far)?.text ?? ""
        #expect(difference.contains("@@ -2,7 +2,7 @@\n line 2\n"))
        #expect(difference.contains("@@ -27,7 +27,6 @@\n line 27\n line 28\n line 29\n-line 30\n line 31\n"))
        let near = old.replacing("line 5\n", with: "five\n").replacing("line 9\n", with: "nine\n")
        let joined = Difference(path: "a", found: old, wanted: near)?.text ?? ""
        #expect(joined.split(separator: "\n").count { $0.hasPrefix("@@") } == 1)
    }

    @Test("A line more than twice there is told once")
    func repeated() {
        let difference = Difference(path: "a", found: "x\nx\n", wanted: "x\nx\nx\n")
        #expect(difference?.text.split(separator: "\n").filter { $0 == "+x" }.count == 1)
    }
}
