import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Asks the engine, on a thread of its own, what can wait: so no slow answer ever keeps log lines waiting.
///
/// One question at a time, in the order given.
///
/// `Sendable`: what both threads touch is in a mutex.
final class EngineErrands: Sendable {
    /// What to ask.
    enum Question: Sendable, Hashable {
        case stats(id: String)
        case lastMessage(id: String, hasTerminal: Bool)
    }

    /// What the engine said; nil where it said nothing of use.
    enum Answer: Sendable {
        case stats(id: String, EngineJSON.Stats?)
        case lastMessage(id: String, TailMessage?)
    }

    private struct Queue {
        var questions: [(question: Question, client: EngineClient)] = []
        var answers: [Answer] = []
    }

    /// Readable when there are answers.
    var descriptor: Int32 { answered.descriptor }

    private let queue = Mutex(Queue())
    private let asked: Doorbell
    private let answered: Doorbell
    private let ended = StopSignal()

    /// Makes errands; nil when no descriptors are left.
    init?() {
        guard let asked = Doorbell(), let answered = Doorbell() else { return nil }
        self.asked = asked
        self.answered = answered
    }

    /// Ends `run`, also in the middle of a question.
    func end() { ended.raise() }

    /// Puts a question behind those that wait.
    func ask(_ question: Question, _ client: EngineClient) {
        let client = client.stopped(by: ended)
        queue.withLock { $0.questions.append((question, client)) }
        asked.ring()
    }

    /// The answers since this was last asked.
    func takeAnswers() -> [Answer] {
        answered.silence()
        return queue.withLock { queue in
            defer { queue.answers = [] }
            return queue.answers
        }
    }

    /// The work of the thread.
    func run() {
        while !ended.isRaised {
            guard let next = takeQuestion() else {
                waitForQuestion()
                continue
            }
            let answer = Self.answer(next.question, next.client)
            queue.withLock { $0.answers.append(answer) }
            answered.ring()
        }
    }

    private func takeQuestion() -> (question: Question, client: EngineClient)? {
        queue.withLock { $0.questions.isEmpty ? nil : $0.questions.removeFirst() }
    }

    private func waitForQuestion() {
        var entries = [
            pollfd(fd: ended.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: asked.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&entries, 2, -1)
        asked.silence()
    }

    private static func answer(_ question: Question, _ client: EngineClient) -> Answer {
        switch question {
        case .stats(let id): .stats(id: id, try? client.stats(id))
        case .lastMessage(let id, let hasTerminal):
            .lastMessage(id: id, (try? client.lastMessage(id, hasTerminal: hasTerminal)) ?? nil)
        }
    }
}
