internal import FoundationEssentials

/// One answer of the engine's API, read leniently: what is missing or of another type is absent.
///
/// Checks name members as the engine does, `inspect.HostConfig.Memory`, so that a reader finds what a finding cites.
@dynamicMemberLookup
package indirect enum EngineAnswer: Sendable, Equatable {
    case absent
    case flag(Bool)
    case number(Int64)
    case text(String)
    case list([EngineAnswer])
    case members([String: EngineAnswer])

    /// Decodes an answer; absent when it is not JSON.
    package init(_ bytes: some Sequence<UInt8>) {
        self = (try? JSONDecoder().decode(EngineAnswer.self, from: Data(bytes))) ?? .absent
    }

    /// A member of an object.
    package subscript(dynamicMember name: String) -> EngineAnswer { self[name] }

    /// A member of an object, also where its name is no word: a label, a port.
    package subscript(name: String) -> EngineAnswer {
        if case .members(let members) = self { members[name] ?? .absent } else { .absent }
    }

    /// Whether there is nothing.
    package var isAbsent: Bool { self == .absent }

    package var flag: Bool? { if case .flag(let value) = self { value } else { nil } }

    package var number: Int64? { if case .number(let value) = self { value } else { nil } }

    package var text: String? { if case .text(let value) = self { value } else { nil } }

    /// The items of a list; none where it is no list.
    package var list: [EngineAnswer] { if case .list(let items) = self { items } else { [] } }

    /// The texts of a list.
    package var texts: [String] { list.compactMap(\.text) }

    /// The members of an object by name; none where it is no object.
    package var members: [(name: String, value: EngineAnswer)] {
        guard case .members(let members) = self else { return [] }
        return members.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }
}

extension EngineAnswer: Decodable {
    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .absent
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let items = try? value.decode([EngineAnswer].self) {
            self = .list(items)
        } else if let members = try? value.decode([String: EngineAnswer].self) {
            self = .members(members)
        } else {
            // A number that is no integer: nothing that we judge by.
            self = .absent
        }
    }
}
