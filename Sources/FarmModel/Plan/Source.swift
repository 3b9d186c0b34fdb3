/// Something laid out under `/build` before the first phase.
public struct Source: Sendable, Equatable {
    /// Where it comes from.
    public enum Origin: Sendable, Equatable {
        /// Files of the submitter; `tree` is set at submission, when they enter the store.
        case local(LocalSource)
        /// A file by URL, checked against a digest.
        case url(URLSource)
        /// A commit of a Git repository.
        case git(GitSource)
        /// Files of text by relative path, as they stand in the document.
        case texts([String: String])
    }

    /// Where it comes from.
    public var origin: Origin
    /// Where it is put, relative to `/build`; nil is `/build` itself.
    public var destination: String?

    /// Creates a source.
    public init(origin: Origin, destination: String? = nil) {
        self.origin = origin
        self.destination = destination
    }

    /// What it comes to, for the input digest: a tree, a file digest or a full commit; nil while that is not known.
    public var content: String? {
        switch origin {
        case .local(let local): local.tree?.description
        case .url(let url): url.checksum.text
        case .git(let git): git.commit
        case .texts(let texts): Digest.of(JSONValue.object(JSONObject(texts: texts)).text.utf8).description
        }
    }
}

/// Local files, chosen by globs, or a tree of the store.
public struct LocalSource: Sendable, Equatable {
    /// The folder or file, absolute or relative to the document's folder; empty where only the tree is known.
    public var path: String
    /// Globs of what is taken; empty means everything.
    public var include: [String]
    /// Globs of what is left out.
    public var exclude: [String]
    /// A file of further globs to leave out, relative to `path`, in the syntax of `.gitignore`; nil means `.bfignore` if it is there.
    public var ignoreFile: String?
    /// The tree in the store once submitted.
    public var tree: Digest?

    /// Creates a source that takes everything.
    public init(path: String, include: [String] = [], exclude: [String] = [], ignoreFile: String? = nil, tree: Digest? = nil) {
        self.path = path
        self.include = include
        self.exclude = exclude
        self.ignoreFile = ignoreFile
        self.tree = tree
    }

    /// Creates a source that is a tree of the store, whose files came from elsewhere.
    public init(tree: Digest) { self.init(path: "", tree: tree) }
}

/// One file by `http` or `https`.
public struct URLSource: Sendable, Hashable {
    /// What the bytes of a file must be.
    public enum Checksum: Sendable, Hashable {
        /// Of this SHA-256.
        case sha256(Digest)
        /// Of this SHA-512, 64 bytes.
        case sha512([UInt8])
        /// Whatever comes: it is fetched anew for each job.
        case none

        /// The bytes of a SHA-512.
        package static let sha512Bytes = 64

        /// `sha256:…` or `sha512:…`; nil if nothing is known.
        public var text: String? {
            switch self {
            case .sha256(let digest): digest.description
            case .sha512(let bytes): "sha512:" + Hexadecimal.text(of: bytes)
            case .none: nil
            }
        }
    }

    /// The address.
    public var url: String
    /// What its bytes must be.
    public var checksum: Checksum
    /// Unpack the archive instead of placing the file.
    public var unpack: Bool
    /// Leading path components dropped when unpacking.
    public var stripComponents: Int

    /// Creates a source.
    public init(url: String, checksum: Checksum, unpack: Bool = false, stripComponents: Int = 0) {
        self.url = url
        self.checksum = checksum
        self.unpack = unpack
        self.stripComponents = stripComponents
    }

    /// Creates a source of a known SHA-256.
    public init(url: String, digest: Digest, unpack: Bool = false, stripComponents: Int = 0) {
        self.init(url: url, checksum: .sha256(digest), unpack: unpack, stripComponents: stripComponents)
    }
}

/// A commit of a Git repository.
public struct GitSource: Sendable, Hashable {
    /// `https:`, `ssh:` or `git:` URL, `user@host:path`, or `file:` for local use.
    public var repository: String
    /// A branch or tag; nil means the remote's HEAD.
    public var reference: String?
    /// A full commit; when set the reference only helps to find it.
    public var commit: String?
    /// Only this folder of the repository.
    public var subfolder: String?
    /// Fetch submodules too.
    public var submodules: Bool
    /// Leave a `.git` folder, for builds that ask git what they build.
    public var keepsRepository = false
    /// Commits whose changes are applied upon it, in order, each full and with `BRANCH/` before it where the server gives it out only so.
    public var picks: [String] = []

    /// Creates a source of the remote's HEAD.
    public init(repository: String, reference: String? = nil, commit: String? = nil, subfolder: String? = nil, submodules: Bool = false) {
        self.repository = repository
        self.reference = reference
        self.commit = commit
        self.subfolder = subfolder
        self.submodules = submodules
    }
}
