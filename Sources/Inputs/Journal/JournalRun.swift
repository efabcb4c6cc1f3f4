internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// One run of the journal input: starts readers, takes what they write.
///
/// Of one thread.
final class JournalRun {
    /// Why a reader is no longer listened to.
    private enum End {
        case stopped
        /// With `once`: everything has been read.
        case finished
        case exited(JournalChild.Exit)
    }

    private let input: JournalInput
    private let context: InputContext
    private let clock = BatchWriter.monotonicMilliseconds
    private var supervisor: JournalSupervisor
    private var decoder = JournalFrameDecoder()
    private var intake: JournalIntake

    init(_ input: JournalInput, _ context: InputContext) {
        self.input = input
        self.context = context
        supervisor = JournalSupervisor(once: context.once, patience: input.environment.patienceMilliseconds)
        intake = JournalIntake(input, context)
    }

    func run() {
        intake.begin()
        while !context.stop.isRaised, intake.isAccepting {
            switch attempt() {
            case .stopped, .finished: return intake.finish(isComplete: context.once && !context.stop.isRaised)
            case .exited(let exit):
                guard restart(after: exit) else { return intake.finish(isComplete: false) }
            }
        }
        intake.finish(isComplete: false)
    }

    /// Starts a reader and listens until it ends.
    private func attempt() -> End {
        decoder.removeAll()
        var arguments = intake.arguments
        arguments.skipMicroseconds = supervisor.skipMicroseconds
        arguments.sweepMilliseconds = input.environment.sweepMilliseconds
        arguments.library = input.environment.library
        do {
            let child = try JournalChild(executable: input.environment.executable, arguments: arguments)
            input.environment.didStart(child.process)
            return listen(to: child)
        } catch {
            return .exited(JournalChild.Exit(isCrash: false, text: "it cannot be started: \(error.text)"))
        }
    }

    private func listen(to child: JournalChild) -> End {
        while true {
            switch hear(child) {
            case .news:
                guard take(child) else {
                    // It has closed its pipe: it has ended, or it is no reader.
                    child.kill()
                    return .exited(child.reap())
                }
                if intake.hasEnded { return .finished }
            case .nothing: break
            case .silence:
                context.status.note(input.name, "the journal reader is silent and is killed")
                child.kill()
                return .exited(child.reap())
            }
            intake.tend()
            if context.stop.isRaised || !intake.isAccepting { return .stopped }
        }
    }

    private enum Heard { case news, nothing, silence }

    /// Waits for the reader, the stop, or the next thing that is due.
    private func hear(_ child: JournalChild) -> Heard {
        let before = clock()
        switch context.stop.wait(readable: child.output, milliseconds: intake.patience) {
        case .readable: return .news
        case .stopped: return .nothing
        case .timedOut: break
        }
        // Only time spent waiting counts: while our own output is full the reader cannot speak.
        return supervisor.note(.silent(milliseconds: clock() - before)) == .kill ? .silence : .nothing
    }

    /// Takes what the reader has written; false when it has ended, or is ended because it writes nonsense.
    private func take(_ child: JournalChild) -> Bool {
        let count = decoder.fill { read(child.output, $0.baseAddress, $0.count) }
        guard count > 0 else { return count < 0 && errno == EINTR }
        do {
            while let frame = try decoder.next() {
                let isProgress = frame.kind == .entries || frame.kind == .position
                let wasFailing = supervisor.isFailing
                _ = supervisor.note(.heard(isProgress: isProgress))
                if wasFailing, !supervisor.isFailing { context.status.up(input.name) }
                try intake.take(frame, isFailing: supervisor.isFailing)
                guard intake.isAccepting else { return true }
            }
            return true
        } catch {
            context.status.note(input.name, "the journal reader writes nonsense (\(error)) and is killed")
            return false
        }
    }

    /// Reports the end of a reader and waits before the next one; false when there is to be none.
    private func restart(after exit: JournalChild.Exit) -> Bool {
        let action = supervisor.note(.exited(isCrash: exit.isCrash))
        intake.restart()
        if supervisor.isFailing || action == .giveUp {
            context.status.down(input.name, "the journal reader ends again and again: \(exit.text)")
        } else {
            let text = "the journal reader has ended: \(exit.text); start \(supervisor.exits + 1) goes on behind it"
            context.status.note(input.name, text)
        }
        guard case .restart(let pause) = action else { return false }
        return !context.stop.wait(milliseconds: Int32(clamping: pause))
    }
}
