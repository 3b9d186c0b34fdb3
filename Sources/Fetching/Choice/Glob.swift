/// A glob for paths below some folder.
///
/// `*` and `?` stand for any characters of one name, `[…]` for one of a set, `**` between slashes for any number of folders, `\` takes the next
/// character literally. A glob is always about the whole path: `*.c` is in the folder itself, `**/*.c` at any depth. Characters are Unicode
/// scalars.
public struct Glob: Sendable, Equatable {
    /// The glob as written.
    public let text: String
    /// nil for a glob that is not complete, which nothing fits.
    let pattern: PathPattern?

    /// Reads a glob. `.` and empty names in it mean nothing.
    public init(_ text: String) {
        self.text = text
        pattern = GlobParser.tokens(of: text).map { tokens in
            let names = tokens.split(separator: .slash).map { NamePattern($0) }
            return PathPattern(names.filter { $0.literal != "." })
        }
    }

    /// False if no path can fit, because the glob has an open bracket, an unknown class or a `\` at its end.
    public var isComplete: Bool { pattern != nil }

    /// Whether a path fits.
    public func matches(_ path: String) -> Bool { relation(to: PathNames(path)).isMatch }

    func relation(to path: PathNames) -> PathPattern.Relation { pattern?.relation(to: path) ?? PathPattern.Relation() }
}
