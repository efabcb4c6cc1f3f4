import Synchronization

/// Where workers leave the ids they have seen for each other, between two batches.
///
/// Bounded: what a worker does not fetch in time is forgotten, oldest first.
package final class IDExchange: Sendable {
    /// Sightings that wait for one worker.
    static let maximumWaiting = 16_384

    private let boxes = Mutex<[[IDSighting]]>([])

    /// Makes an exchange with no members.
    package init() {}

    /// A new member; gives its number.
    func join() -> Int {
        boxes.withLock { boxes in
            boxes.append([])
            return boxes.count - 1
        }
    }

    /// Tells all others what a member has seen.
    func tell(_ sightings: [IDSighting], from member: Int) {
        boxes.withLock { boxes in
            for other in boxes.indices where other != member {
                let excess = boxes[other].count + sightings.count - Self.maximumWaiting
                if excess > 0 { boxes[other].removeFirst(min(excess, boxes[other].count)) }
                boxes[other] += sightings.suffix(Self.maximumWaiting)
            }
        }
    }

    /// What others have told a member since it last asked.
    func take(for member: Int) -> [IDSighting] {
        boxes.withLock { boxes in
            let taken = boxes[member]
            if !taken.isEmpty { boxes[member] = [] }
            return taken
        }
    }
}
