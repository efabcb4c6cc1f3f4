import Inputs
import Testing

@Suite("The journal reader's supervisor")
struct JournalSupervisorTests {
    private typealias Supervisor = JournalSupervisor

    @Test("kills a reader that is silent for ten seconds, and not before")
    func killsSilent() {
        var supervisor = Supervisor(once: false)
        #expect(supervisor.note(.silent(milliseconds: 9_999)) == .proceed)
        #expect(supervisor.note(.silent(milliseconds: 1)) == .kill)
    }

    @Test("counts silence anew after each frame")
    func resetsSilence() {
        var supervisor = Supervisor(once: false)
        for _ in 0..<5 {
            #expect(supervisor.note(.silent(milliseconds: 9_000)) == .proceed)
            #expect(supervisor.note(.heard(isProgress: false)) == .proceed)
        }
    }

    @Test("is twice as patient after each kill in a row, up to a bound, and as before after progress")
    func growsPatience() {
        var supervisor = Supervisor(once: false)
        var patience = Supervisor.patienceMilliseconds
        for _ in 0..<10 {
            #expect(supervisor.note(.silent(milliseconds: patience - 1)) == .proceed)
            #expect(supervisor.note(.silent(milliseconds: 1)) == .kill)
            _ = supervisor.note(.exited(isCrash: false))
            patience = min(patience * 2, Supervisor.maximumPatienceMilliseconds)
        }
        _ = supervisor.note(.heard(isProgress: true))
        #expect(supervisor.patience == Supervisor.patienceMilliseconds)
    }

    @Test("starts a reader again ever later, and soon again after progress")
    func backsOff() {
        var supervisor = Supervisor(once: false)
        let pauses = (0..<10).map { _ in supervisor.note(.exited(isCrash: true)) }
        let expected: [Int64] = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]
        #expect(pauses == expected.map { .restart(afterMilliseconds: $0) })
        #expect(supervisor.exits == 10)
        _ = supervisor.note(.heard(isProgress: true))
        #expect(supervisor.note(.exited(isCrash: true)) == .restart(afterMilliseconds: 250))
    }

    @Test("calls the input failing after three ends without progress, until there is some")
    func failing() {
        var supervisor = Supervisor(once: false)
        for count in 1...4 {
            _ = supervisor.note(.exited(isCrash: false))
            #expect(supervisor.isFailing == (count >= 3))
            _ = supervisor.note(.heard(isProgress: false))
        }
        _ = supervisor.note(.heard(isProgress: true))
        #expect(!supervisor.isFailing)
    }

    @Test("takes a reader that lives long for a healthy one, though the journal is quiet")
    func quietIsHealthy() {
        var supervisor = Supervisor(once: false)
        for _ in 0..<3 { _ = supervisor.note(.exited(isCrash: false)) }
        for _ in 0..<60 { _ = supervisor.note(.heard(isProgress: false)) }
        #expect(!supervisor.isFailing)
    }

    @Test("passes over more and more of a journal that crashes its readers, and over none that only ends them")
    func skips() {
        var supervisor = Supervisor(once: false)
        for _ in 0..<10 { _ = supervisor.note(.exited(isCrash: false)) }
        #expect(supervisor.skipMicroseconds == 0)
        _ = supervisor.note(.heard(isProgress: true))
        let skips = (0..<5).map { _ in
            _ = supervisor.note(.exited(isCrash: true))
            return supervisor.skipMicroseconds
        }
        #expect(skips == [0, 0, 1_000_000, 4_000_000, 16_000_000])
        for _ in 0..<100 { _ = supervisor.note(.exited(isCrash: true)) }
        #expect(supervisor.skipMicroseconds == 1_000_000 << 20)
        _ = supervisor.note(.heard(isProgress: true))
        #expect(supervisor.skipMicroseconds == 0)
    }

    @Test("gives up after five failures when there is to be only one reading")
    func givesUpOnce() {
        var supervisor = Supervisor(once: true)
        let actions = (0..<5).map { _ in supervisor.note(.exited(isCrash: false)) }
        #expect(actions.last == .giveUp)
        #expect(!actions.dropLast().contains(.giveUp))
    }
}
