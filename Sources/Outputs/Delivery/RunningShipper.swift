/// A shipper at work, and how it is brought to rest.
package struct RunningShipper: Sendable {
    private let task: Task<Void, Never>

    /// Starts a shipper.
    package init(_ shipper: Shipper) {
        // Ends with the shipper; whoever starts one drains it.
        task = Task { await shipper.run() }
    }

    /// Waits until everything is shipped, at most as long as `deadline` takes, then stops what is on its way.
    ///
    /// Close the lane first. True when everything was shipped in time.
    package func drain(deadline: @escaping @Sendable () async -> Void) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await task.value
                return true
            }
            group.addTask {
                await deadline()
                return false
            }
            let isEmpty = await group.next() ?? false
            if !isEmpty { task.cancel() }
            group.cancelAll()
            return isEmpty
        }
    }
}
