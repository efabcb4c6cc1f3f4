import Artefacts
import Testing

/// The diff of `--check`.
@Suite struct DifferenceTests {
    @Test("Equal files have no difference, a missing one is all new")
    func ends() {
        #expect(Difference(path: "a", found: "x\n", wanted: "x\n") == nil)
        #expect(
            Difference(path: "a", found: nil, wanted: "x\ny\n")?.text
                == "--- /dev/null\n+++ a\n@@ -1,0 +1,2 @@\n+x\n+y\n"
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

    @Test("A line more than twice there is told once")
    func repeated() {
        let difference = Difference(path: "a", found: "x\nx\n", wanted: "x\nx\nx\n")
        #expect(difference?.text.split(separator: "\n").filter { $0 == "+x" }.count == 1)
    }
}
