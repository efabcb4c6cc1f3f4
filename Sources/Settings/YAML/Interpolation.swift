/// Puts environment variables and small files into values: `${NAME}`, `${NAME:-default}`, `${file:/path}`, `$$`.
///
/// One pass over the text of one scalar that YAML has already been read: what is brought in is never looked at
/// again, so it can neither interpolate further nor add structure. A `$` before anything else stands for itself,
/// so that regular expressions need no escapes.
struct Interpolation {
    /// What a text became.
    struct Result: Equatable {
        /// The text.
        var text: String
        /// Whether some of it came from the environment or a file.
        var broughtIn: Bool
    }

    /// What is wrong with a text; never contains anything that was brought in.
    struct Failure: Error, Equatable {
        let problem: String
        let advice: String
    }

    /// The environment, by name.
    let environment: [String: String]
    /// Reads what `${file:…}` names.
    let readFile: FileReading

    /// Interpolates one text.
    func apply(to text: String) throws(Failure) -> Result {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return Result(text: text, broughtIn: false) }
        var result = Result(text: "", broughtIn: false)
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result.text += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result.text += "$"
                rest = rest.dropFirst()
            } else if rest.first == "{" {
                result.text += try value(of: takeReference(&rest))
                result.broughtIn = true
            } else {
                result.text += "$"
            }
            guard result.text.utf8.count <= ConfigurationLimits.valueBytes else {
                throw Failure(problem: "becomes longer than 1MiB", advice: "bring in less")
            }
        }
        result.text += rest
        return result
    }

    /// Takes `{…}` off the front and gives what stands between the braces.
    private func takeReference(_ rest: inout Substring) throws(Failure) -> Substring {
        guard let end = rest.firstIndex(of: "}") else {
            throw Failure(problem: "`${` without its `}`", advice: "close it, or write `$${` for a literal `${`")
        }
        let inside = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        guard !inside.contains("$") else {
            throw Failure(
                problem: "`${…}` inside `${…}`",
                advice: "references do not nest; write the default as plain text"
            )
        }
        return inside
    }

    private func value(of reference: Substring) throws(Failure) -> String {
        if reference.hasPrefix("file:") { return try contents(of: String(reference.dropFirst("file:".count))) }
        let name = reference.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let rest = reference.dropFirst(name.count)
        guard let first = name.first, !first.isNumber, rest.isEmpty || rest.hasPrefix(":-") else {
            throw Failure(
                problem: "\(MessageText.quoted("${\(reference)}")) names neither a variable nor a file",
                advice: "write `${NAME}`, `${NAME:-default}` or `${file:/path}`, or `$${` for a literal `${`"
            )
        }
        if rest.isEmpty { return try variable(String(name)) }
        // Like the shell's `:-`: an empty variable takes the default too.
        let found = environment[String(name)] ?? ""
        return found.isEmpty ? String(rest.dropFirst(2)) : found
    }

    private func variable(_ name: String) throws(Failure) -> String {
        guard let value = environment[name] else {
            throw Failure(
                problem: "the environment variable `\(name)` is not set",
                advice: "set it, or write `${\(name):-default}`"
            )
        }
        return value
    }

    private func contents(of path: String) throws(Failure) -> String {
        let shown = MessageText.quoted(path)
        guard path.hasPrefix("/") else {
            throw Failure(
                problem: "`${file:…}` names \(shown), which is no absolute path",
                advice: "write the path from the root, such as `${file:/run/secrets/token}`"
            )
        }
        let bytes: [UInt8]
        do {
            bytes = try readFile(path, ConfigurationLimits.secretBytes)
        } catch {
            throw Failure(problem: "the file \(shown) \(error.reason)", advice: error.advice)
        }
        guard var text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
            throw Failure(problem: "the file \(shown) is not UTF-8 text", advice: "write a text file, base64 for bytes")
        }
        // "\r\n" is one Character.
        if let last = text.last, last == "\n" || last == "\r\n" { text.removeLast() }
        return text
    }
}
