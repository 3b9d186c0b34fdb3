public import FarmModel
internal import HostSystem

/// What a Git source turned out to be.
public struct GitCheckout: Sendable, Equatable {
    /// The commit that was written.
    public let commit: String
    /// The commits of the submodules by path.
    public let submodules: [String: String]

    /// A checkout of a commit and the submodules in it.
    public init(commit: String, submodules: [String: String] = [:]) {
        self.commit = commit
        self.submodules = submodules
    }
}

/// Fetches commits of Git repositories into a cache and writes their files, by the `git` of the search path.
///
/// Repositories are hostile: git runs without configuration, hooks, filters and prompts, and speaks only the protocol of the address. Submodules
/// are not left to git: each is fetched like a source of its own, its address under the same rules.
///
/// ssh uses only the key or agent that the operator configured. A host is trusted at first sight unless the operator gives a file of known hosts:
/// nobody can answer a question here, and a host's key that changes is refused.
public struct GitFetcher: Sendable {
    private let cache: String
    private let settings: GitSettings

    /// How deep submodules may have submodules.
    private static let depthLimit = 8

    /// A fetcher that keeps mirrors beneath the folder `cache`, which may be deleted while nothing is fetched.
    public init(cache: String, settings: GitSettings = GitSettings()) {
        self.cache = cache
        self.settings = settings
    }

    /// The commit that a source means now: its own, else that of its branch or tag, else that of the remote's HEAD.
    public func resolve(_ source: GitSource, _ context: FetchContext) throws(FetchFailure) -> String {
        let address = try check(source)
        if let commit = source.commit { return commit }
        return try use(address, context) { (mirror) throws(FetchFailure) in try Self.commit(of: source, mirror) }
    }

    /// Writes the files of a source into an existing folder that nobody else uses. A name that is taken there is an error.
    ///
    /// There are no `.git` folders unless the source asks for one; modes are 0644 or 0755 whatever the umask; links are written as they are; times are those of the writing.
    public func checkOut(_ source: GitSource, into folder: String, _ context: FetchContext) throws(FetchFailure) -> GitCheckout {
        let address = try check(source)
        let stage = try FetchFailure.wrap { () throws(SystemError) in
            try Files.makeTemporaryFolder(in: folder, prefix: ".checkout-")
        }
        defer { try? Files.removeTree(stage) }
        var submodules: [String: String] = [:]
        let commit = try checkOut(source, address, stage, prefix: "", &submodules, context, depth: 0)
        try FetchFailure.wrap { () throws(SystemError) in try CheckoutFolder.normalise(stage) }
        try CheckoutFolder.move(source.subfolder, of: stage, into: folder)
        return GitCheckout(commit: commit, submodules: submodules)
    }

    private func check(_ source: GitSource) throws(FetchFailure) -> GitAddress {
        if let reference = source.reference, !GitNames.isReference(reference) {
            throw .badInput("a branch or tag of \(CredentialMask.masked(source.repository)) is not written as git allows")
        }
        if let commit = source.commit, !GitNames.isCommit(commit) {
            throw .badInput("a commit of \(CredentialMask.masked(source.repository)) is not 40 or 64 lower-case hexadecimal digits")
        }
        if let subfolder = source.subfolder, !GitNames.isSubfolder(subfolder) {
            throw .badInput("the subfolder of \(CredentialMask.masked(source.repository)) is not a relative path without \"..\"")
        }
        return try address(source.repository, allowing: settings.schemes)
    }

    private func address(_ text: String, allowing schemes: Set<GitAddress.Scheme>) throws(FetchFailure) -> GitAddress {
        do throws(GitAddress.Problem) {
            return try GitAddress(text, allowing: schemes)
        } catch {
            let shown = CredentialMask.masked(String(text.prefix(200)))
            throw .badInput("the repository \(JSONValue.string(shown).text) \(error)")
        }
    }

    private func use<T>(
        _ address: GitAddress, _ context: FetchContext, _ body: (GitMirror) throws(FetchFailure) -> T
    ) throws(FetchFailure) -> T {
        let mirrors = cache + "/git"
        let command = GitCommand(settings: settings, home: mirrors + "/home", trustedHosts: mirrors + "/known_hosts")
        try FetchFailure.wrap { () throws(SystemError) in try Files.makeFolders(command.home, mode: 0o700) }
        return try GitMirror.use(address, command, cache: mirrors, context, body)
    }

    /// A branch goes before a tag of the same name, as in `git clone --branch`; an annotated tag means its commit.
    private static func commit(of source: GitSource, _ mirror: GitMirror) throws(FetchFailure) -> String {
        if let commit = source.commit { return commit }
        let reference = source.reference
        let names = reference.map { $0.hasPrefix("refs/") ? [$0] : ["refs/heads/\($0)", "refs/tags/\($0)"] } ?? ["HEAD"]
        let found = try mirror.remoteReferences(names + names.map { $0 + "^{}" })
        for name in names { if let commit = found[name + "^{}"] ?? found[name] { return commit } }
        let what = reference.map { "no branch or tag \($0)" } ?? "no HEAD: it is empty"
        throw .badInput("\(mirror.address) has \(what)")
    }

    private func checkOut(
        _ source: GitSource, _ address: GitAddress, _ folder: String, prefix: String, _ done: inout [String: String],
        _ context: FetchContext, depth: Int
    ) throws(FetchFailure) -> String {
        // The mirror is given back before the submodules: one of them may be the same repository.
        let (commit, submodules) = try use(address, context) { (mirror) throws(FetchFailure) in
            let commit = try Self.commit(of: source, mirror)
            try mirror.keep(commit, reference: source.reference)
            let listing = try mirror.list(commit, subfolder: source.subfolder)
            if let subfolder = source.subfolder, listing.firstPath == nil || listing.firstPath == subfolder {
                throw .badInput("commit \(commit) of \(address) has no folder \(subfolder)")
            }
            if listing.count > 0 { try mirror.checkOut(commit, subfolder: source.subfolder, into: folder) }
            if source.keepsRepository || !source.picks.isEmpty {
                try mirror.leaveRepository(of: commit, reference: source.reference, in: folder)
                for pick in source.picks { try mirror.apply(pick, in: folder) }
            }
            guard source.submodules, !listing.submodules.isEmpty else { return (commit, [GitSubmodule]()) }
            return (commit, try GitSubmodule.all(listing.submodules, try mirror.modules(of: commit), address))
        }
        for submodule in submodules {
            guard depth < Self.depthLimit else { throw .badInput("submodules of \(address) are nested deeper than \(Self.depthLimit)") }
            try checkOut(submodule, of: address, folder, prefix: prefix, &done, context, depth: depth)
        }
        return commit
    }

    private func checkOut(
        _ submodule: GitSubmodule, of parent: GitAddress, _ folder: String, prefix: String, _ done: inout [String: String],
        _ context: FetchContext, depth: Int
    ) throws(FetchFailure) {
        let path = prefix + submodule.path
        // A repository from the network never reaches one of this machine.
        let schemes = parent.scheme == .file ? settings.schemes : settings.schemes.subtracting([.file])
        let address = try self.address(submodule.address, allowing: schemes)
        guard GitNames.isSubfolder(submodule.path), done.count < settings.fileLimit else {
            throw .badInput("the submodule \(JSONValue.string(path).text) of \(parent) is not at a proper path")
        }
        context.log("submodule \(JSONValue.string(path).text): \(address)")
        let target = "\(folder)/\(submodule.path)"
        try FetchFailure.wrap { () throws(SystemError) in
            // git makes an empty folder for each submodule; one that it reached through a link would not be found here.
            let base = try Files.open(folder, [.read, .folder])
            _ = try Files.open(submodule.path, beneath: base, [.read, .folder])
        }
        let source = GitSource(repository: address.text, commit: submodule.commit, submodules: true)
        _ = try checkOut(source, address, target, prefix: path + "/", &done, context, depth: depth + 1)
        done[path] = submodule.commit
    }
}
