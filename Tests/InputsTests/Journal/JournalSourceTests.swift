import Inputs
import RecordPath
import Testing

@Suite("A source of the journal")
struct JournalSourceTests {
    @Test(
        "names its service by unit, or by identifier where the unit is only a frame",
        arguments: [
            ("nginx.service", "nginx", "nginx"), ("postgres@14-main.service", "postgres", "postgres"),
            ("my.app.service", "x", "my.app"), ("session-3.scope", "sudo", "sudo"),
            ("init.scope", "systemd", "systemd"),
            ("user@1000.service", "firefox", "firefox"), ("", "kernel", "kernel"), ("", "", nil),
            ("session-3.scope", "", "session-3"), ("@.service", "x", nil),
        ]
    )
    func service(_ unit: String, _ identifier: String, _ service: String?) {
        let origin = JournalSource(unit: unit, identifier: identifier).origin
        #expect(origin.fallbackService == service)
        #expect(origin.unit == (unit.isEmpty ? nil : unit))
        #expect(origin.container == nil)
        #expect(origin.stream == nil)
    }

    @Test("is the container when Docker's driver wrote it, with its streams apart")
    func container() {
        let id = String(repeating: "ab", count: 32)
        var source = JournalSource(
            unit: "docker.service",
            identifier: id,
            container: "shop-api-1",
            containerID: id,
            image: "shop/api"
        )
        let output = source.origin
        source.isStderr = true
        let errors = source.origin
        #expect(output.fallbackService == "shop-api-1")
        #expect(output.container == "shop-api-1")
        #expect(output.containerID == id)
        #expect(output.image == "shop/api")
        #expect(output.stream == "stdout")
        #expect(errors.stream == "stderr")
        #expect(output.key != errors.key)
    }
}
