import FarmModel

extension String {
    /// At most 60 characters, for messages.
    package var excerpt: String { count > 60 ? prefix(60) + "…" : self }

    /// The excerpt in double quotes, controls escaped, so that a message stays one line and harmless on a terminal.
    package var quoted: String { JSONValue.string(excerpt).text }
}

extension Sequence<String> {
    /// `a, b or c`.
    package var alternatives: String {
        let names = Array(self)
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }
}
