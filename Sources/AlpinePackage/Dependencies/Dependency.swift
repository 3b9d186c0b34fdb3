/// One term of apk's constraint language: a package, or something that packages provide, and which versions of it will do.
///
/// `busybox`, `busybox>=1.36`, `zlib~1.3`, `!uclibc-utils`, `so:libc.so.6`, `nginx@edge`
/// (https://wiki.alpinelinux.org/wiki/Apk_spec, apk-package(5), apk-world(5)).
public struct Dependency: Sendable, Hashable {
    /// How a version is compared with the one that is named.
    public enum Comparison: String, Sendable, CaseIterable {
        case equal = "="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        /// The same up to the parts that are named: `~1.2` means 1.2, 1.2.1 and 1.2-r3.
        case fuzzy = "~"
        /// `>~`
        case greaterOrFuzzy = ">~"
        /// `<~`
        case lessOrFuzzy = "<~"
    }

    /// What is needed, for instance `busybox` or `so:libc.so.6`.
    public var name: String
    /// Which versions will do; nil means all.
    public var comparison: Comparison?
    /// The version that is compared with; empty if there is no comparison.
    public var version: String
    /// `@edge`: only a package of a repository with this tag will do.
    public var tag: String?
    /// `!name`: nothing that matches may be installed.
    public var isConflict: Bool

    /// Creates a term.
    public init(name: String, _ comparison: Comparison? = nil, version: String = "", tag: String? = nil, isConflict: Bool = false) {
        self.name = name
        self.comparison = comparison
        self.version = version
        self.tag = tag
        self.isConflict = isConflict
    }
}
