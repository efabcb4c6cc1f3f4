import Inputs
import RecordPath
import Testing

struct FileOriginTests {
    private let id = String(repeating: "0123456789abcdef", count: 4)

    @Test func `a pod's folder names namespace, pod and container`() {
        let path = "/var/log/pods/shop_api-7d9_2b1c/checkout/0.log"
        let origin = FileOrigin.make(path: path, key: "k", stream: "stderr")
        #expect(origin.fallbackService == "checkout" && origin.container == "checkout")
        #expect(origin.stream == "stderr" && origin.path == path && origin.key == "k")
        #expect(
            origin.labels == [
                "io.kubernetes.pod.namespace": "shop", "io.kubernetes.pod.name": "api-7d9",
                "io.kubernetes.pod.uid": "2b1c", "io.kubernetes.container.name": "checkout",
            ]
        )
    }

    @Test func `a link of the kubelet names pod, namespace, container and its id`() {
        let path = "/var/log/containers/api-7d9_shop_check-out-\(id).log"
        let origin = FileOrigin.make(path: path, key: "k", stream: "stdout")
        #expect(origin.container == "check-out" && origin.containerID == id && origin.fallbackService == "check-out")
        #expect(origin.labels["io.kubernetes.pod.name"] == "api-7d9")
    }

    @Test func `a file of Docker names the container's id`() {
        let path = "/var/lib/docker/containers/\(id)/\(id)-json.log.1"
        let origin = FileOrigin.make(path: path, key: "k", stream: "stdout")
        #expect(origin.containerID == id && origin.fallbackService == "0123456789ab" && origin.container == nil)
    }

    @Test func `any other file goes by its folder`() {
        #expect(FileOrigin.make(path: "/var/log/nginx/access.log", key: "k", stream: "").fallbackService == "nginx")
        #expect(FileOrigin.make(path: "/x.log", key: "k", stream: "").fallbackService == nil)
        #expect(FileOrigin.make(path: "/pods/a_b/c/0.log", key: "k", stream: "").fallbackService == "c")
        #expect(FileOrigin.make(path: "/containers/x/x-json.log", key: "k", stream: "").fallbackService == "x")
    }
}
