import Foundation
import TestSupport
import Testing

/// What the real binary writes about itself.
@Suite struct SelfLogWiringTests {
    @Test func `martlet run redacts its own log`() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let secret = "AKIAQ3EGRZ5DCKHW7BXT"
        let file = try martlet.configure(
            "inputs: {docker: {socket: \(martlet.folder)/\(secret).sock}}\noutputs: {loki: {url: \"http://127.0.0.1:9/\"}}\n"
        )
        let errors = martlet.folder + "/errors"
        let said = { (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "" }
        let agent = try martlet.start(["run", "-c", file], errors: errors)
        #expect(await eventually { said().contains("no Docker socket at") })
        kill(agent.pid, SIGTERM)
        _ = agent.wait()
        #expect(said().contains("[REDACTED:aws-access-key].sock"), "\(said())")
        #expect(!said().contains(secret))
    }
}
