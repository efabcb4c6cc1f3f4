import Inputs
import Testing

@Suite("Our own log")
struct OwnLogTests {
    @Test(
        "is known by the service that we run in",
        arguments: [
            ("0::/system.slice/martlet.service", "martlet.service"),
            ("1:name=systemd:/system.slice/martlet.service", "martlet.service"),
            ("0::/user.slice/user-0.slice/session-3.scope", nil),
            ("0::/user.slice/user-1000.slice/user@1000.service", nil), ("0::/", nil), ("", nil),
        ]
    )
    func readsUnit(_ line: String, _ unit: String?) {
        #expect(OwnLog.unit(inControlGroup: line) == unit)
    }

    @Test("is known by the container that we run in")
    func readsContainer() {
        let id = String(repeating: "0a", count: 32)
        let line = "812 801 8:1 /var/lib/docker/containers/\(id)/hostname /etc/hostname rw,relatime - ext4 /dev/sda1 rw"
        #expect(OwnLog.container(inMount: line) == id)
        #expect(OwnLog.container(inMount: "22 1 8:1 / / rw") == nil)
        #expect(OwnLog.container(inMount: "812 801 8:1 /containers/short/hostname /etc/hostname rw") == nil)
    }

    @Test("bears our process")
    func readsProcess() {
        #expect((OwnLog.current.process ?? 0) > 0)
        #expect(OwnLog.current.name?.isEmpty == false)
    }
}
