/// Waits for something that blocks, off the shared pool.
enum Blocking {
    /// Runs `body` on a thread of its own and suspends until it is done.
    static func run(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            let thread = AgentThread("waiting") {
                body()
                continuation.resume()
            }
            thread.detach()
        }
    }
}
