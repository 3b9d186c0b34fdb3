internal import Documents
public import FarmModel

/// What the order of builds goes by: which packages a configuration makes, and which it needs.
public struct MelangeHead: Sendable, Equatable {
    /// A name that becomes available with the build, and where that stands.
    public struct Provided: Sendable, Equatable {
        /// A package's name, or an entry of `provides`, which may state a version.
        public var text: String
        /// The configuration's file.
        public var file: String
        /// Counted from 1.
        public var line: Int
        /// Counted from 1.
        public var column: Int
        /// The package that provides it; nil for a package's own name.
        public var provider: String?

        init(text: String, file: String, position: DocumentPosition, provider: String? = nil) {
            self.text = text
            self.file = file
            line = Int(position.line)
            column = Int(position.column)
            self.provider = provider
        }
    }

    /// `package.name`
    public var name: String
    /// The version with the epoch.
    public var version: String
    /// What it is built for.
    public var architecture: Architecture
    /// Whether `target-architecture` lets it be built for that at all.
    public var isMade: Bool
    /// `target-architecture`
    public var targets: [String]
    /// The packages it makes, the main one first, each followed by what it provides.
    public var provided: [Provided]
    /// What its build needs of other packages.
    public var needs: [NeedReference]
}
