/// A folder that shows another one, and takes what is changed in it elsewhere. Only the process that mounts it and its children see it.
public struct OverlayMount: Sendable, Equatable {
    /// What is shown, one folder over the other, the topmost first; they are never written to.
    public var lower: [String]
    /// Takes the changes.
    public var upper: String
    /// An empty folder beside `upper` that the kernel works in.
    public var work: String
    /// Where it is mounted.
    public var target: String

    /// Describes a mount of folders that exist.
    public init(lower: [String], upper: String, work: String, target: String) {
        self.lower = lower
        self.upper = upper
        self.work = work
        self.target = target
    }

    /// The options of mount(2). Marks of the overlay's own are kept where users may write them, as the mount may be one of a user's.
    var options: String {
        "userxattr,lowerdir=\(lower.map(Self.escaped).joined(separator: ":")),upperdir=\(Self.escaped(upper)),workdir=\(Self.escaped(work))"
    }

    private static func escaped(_ path: String) -> String {
        path.reduce(into: "") { text, character in
            if ",:\\".contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
