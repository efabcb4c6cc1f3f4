/// Where an input tells how containers fare: `martlet_container_…` on `/metrics`.
///
/// Implementations are thread-safe and cheap. Names are as the engine gave them: not yet redacted.
package protocol ContainerSignals: Sendable {
    /// A running container that is read; told again and again, also under a new name.
    func found(_ container: ContainerIdentity)
    /// What it uses.
    func sample(_ sample: SaturationSample, of container: ContainerIdentity)
    /// It does not run any more, so what it used is history.
    func stopped(_ container: ContainerIdentity)
    /// It was started again so many times.
    func restarted(_ container: ContainerIdentity, times: Int)
    /// The kernel killed it for want of memory, so many times.
    func oomKilled(_ container: ContainerIdentity, times: Int)
    /// There is no such container any more, or it is not read any more.
    func removed(_ container: ContainerIdentity)
}

/// Tells nobody.
package struct NoContainerSignals: ContainerSignals {
    /// Makes one.
    package init() {}

    package func found(_ container: ContainerIdentity) {}
    package func sample(_ sample: SaturationSample, of container: ContainerIdentity) {}
    package func stopped(_ container: ContainerIdentity) {}
    package func restarted(_ container: ContainerIdentity, times: Int) {}
    package func oomKilled(_ container: ContainerIdentity, times: Int) {}
    package func removed(_ container: ContainerIdentity) {}
}
