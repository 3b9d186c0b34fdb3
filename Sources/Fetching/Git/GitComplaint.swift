/// What git printed on its standard error, as far as a message needs it.
struct GitComplaint {
    private static let lineLimit = 50

    private var lines: [String] = []

    mutating func add(_ line: String) {
        lines.append(line)
        if lines.count > Self.lineLimit { lines.removeFirst() }
    }

    /// The one line that says most.
    var summary: String {
        let useful = lines.filter { line in !Self.dull.contains { line.contains($0) } }
        let marks = ["fatal: ", "error: ", "remote: error", "ERROR: "]
        return useful.last { line in marks.contains { line.hasPrefix($0) } } ?? useful.last ?? lines.last ?? "git said nothing"
    }

    /// The server does not hand out a commit by its id alone.
    var refusesCommit: Bool { mentions(Self.refusals) }

    /// Trying again cannot help.
    var isFinal: Bool { mentions(Self.final) && !mentions(Self.passing) }

    private func mentions(_ phrases: [String]) -> Bool {
        lines.contains { line in phrases.contains { line.contains($0) } }
    }

    private static let dull = [
        "Could not read from remote repository", "Please make sure you have the correct access rights", "and the repository exists.",
        "the remote end hung up unexpectedly", "early EOF", "hint:", "fatal: index-pack failed", "fetch-pack: invalid index-pack output",
        "Permanently added",
    ]

    private static let refusals = ["not our ref", "unadvertised object", "couldn't find remote ref", "no such remote ref"]

    private static let final = [
        "Authentication failed", "could not read Username", "could not read Password", "terminal prompts disabled", "Permission denied (",
        "Host key verification failed", "REMOTE HOST IDENTIFICATION HAS CHANGED", "Repository not found", "' not found",
        "does not appear to be a git repository", "access denied", "couldn't find remote ref", "not our ref", "unadvertised object",
        "The requested URL returned error: 4", "not allowed", "dubious ownership", "fsck error", "is this a git repository",
        "invalid server response", "bad line length", "protocol error", "hostname blocked", "dumb http", "mismatched algorithms",
        "error: File size limit", "unsafe repository", "invalid path",
    ]

    private static let passing = ["returned error: 408", "returned error: 429"]
}
