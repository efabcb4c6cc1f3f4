import Inputs
import Testing

@Suite("The agent's own container")
struct OwnContainerTests {
    private let id = String(repeating: "0123456789abcdef", count: 4)

    @Test("shows in the cgroup's path")
    func cgroup() {
        let found = OwnContainer.find(
            hostname: "web",
            cgroup: "12:pids:/docker/\(id)\n0::/system.slice\n",
            mountinfo: ""
        )
        #expect(found == OwnContainer(id: id, shortID: nil))
        let scope = OwnContainer.find(hostname: "web", cgroup: "0::/system.slice/docker-\(id).scope\n", mountinfo: "")
        #expect(scope.id == id)
    }

    @Test("shows in the mount of the host name where the cgroup is hidden")
    func mounts() {
        let mount = "1 2 8:1 /var/lib/docker/containers/\(id)/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n"
        #expect(OwnContainer.find(hostname: "web", cgroup: "0::/\n", mountinfo: mount).id == id)
    }

    @Test("is not one of the containers whose mounts a host sees")
    func host() {
        let mount = "1 2 0:50 / /var/lib/docker/containers/\(id)/mounts/shm rw - tmpfs shm rw\n"
        #expect(OwnContainer.find(hostname: "host", cgroup: "0::/user.slice\n", mountinfo: mount) == .none)
    }

    @Test("may show in the host name alone")
    func hostname() {
        let found = OwnContainer.find(hostname: "0123456789ab", cgroup: "", mountinfo: "")
        #expect(found.isSelf(id))
        #expect(!found.isSelf("ff" + id.dropFirst(2)))
    }
}
