internal import FarmModel
internal import HostSystem

/// The kept objects of one remote repository: a bare repository that only one process uses at a time.
///
/// A commit counts as kept when `refs/bf/COMMIT` names it: only a fetch that went well sets it. While the repository is in use a file `busy`
/// lies beside it; who finds one there knows that the last user died in the middle and starts anew.
final class GitMirror {
    let address: GitAddress
    private let command: GitCommand
    private let context: FetchContext
    private let folder: String
    private let lock: FileLock
    private var isBroken = false

    /// Waits for the mirror of an address beneath `cache`.
    private init(_ address: GitAddress, _ command: GitCommand, cache: String, _ context: FetchContext) throws(FetchFailure) {
        self.address = address
        self.command = command
        self.context = context
        folder = "\(cache)/\(Digest.of(address.text.utf8).hex)"
        lock = try FetchFailure.lock(folder + ".lock", .exclusive, context, toBeTold: "waiting for another fetch of \(address)")
    }

    /// Runs `body` with the mirror to itself.
    static func use<T>(
        _ address: GitAddress, _ command: GitCommand, cache: String, _ context: FetchContext,
        _ body: (GitMirror) throws(FetchFailure) -> T
    ) throws(FetchFailure) -> T {
        let mirror = try GitMirror(address, command, cache: cache, context)
        try mirror.open()
        defer { mirror.close() }
        return try body(mirror)
    }

    private var busyMark: String { folder + "/busy" }
    func repository(for commit: String) -> String { "\(folder)/\(commit.utf8.count == 40 ? "sha1" : "sha256").git" }

    private func open() throws(FetchFailure) {
        try FetchFailure.wrap { () throws(SystemError) in
            if try Files.statusIfPresent(busyMark) != nil { try Files.removeTree(folder) }
            try Files.makeFolders(folder, mode: 0o700)
            try Files.writeAtomically([], to: busyMark)
        }
    }

    private func close() {
        // Failing here only costs the next user a new fetch.
        if !isBroken { try? Files.removeFile(busyMark) }
        try? lock.unlock()
    }

    /// The name under which a commit is kept.
    static func kept(_ commit: String) -> String { "refs/bf/\(commit)" }

    /// As ``keep(_:reference:)``, with the commit before it.
    func keepWithParent(_ commit: String, reference: String) throws(FetchFailure) {
        let repository = self.repository(for: commit)
        try prepare(repository, commit)
        if try run(["cat-file", "-e", "\(commit)^^{commit}"], repository).end.isSuccess { return }
        if try !fetchAlone(commit, into: Self.kept(commit), repository, depth: 2) {
            try fetchAll(reference.isEmpty ? nil : reference, repository)
        }
        guard try run(["cat-file", "-e", "\(commit)^^{commit}"], repository).end.isSuccess else {
            throw .badInput("there is no commit \(commit) with one before it on the branches and tags of \(address)")
        }
    }

    /// Makes sure that the commit with all its files is kept.
    /// - Parameter reference: where it may be found if the server does not hand out commits by id.
    func keep(_ commit: String, reference: String?) throws(FetchFailure) {
        let repository = self.repository(for: commit)
        try prepare(repository, commit)
        let kept = Self.kept(commit)
        if try run(["rev-parse", "--verify", "--quiet", "\(kept)^{commit}"], repository).end.isSuccess { return }
        if try !fetchAlone(commit, into: kept, repository) {
            try fetchAll(reference, repository)
            guard try run(["cat-file", "-e", "\(commit)^{commit}"], repository).end.isSuccess else {
                throw .badInput("there is no commit \(commit) on the branches and tags of \(address)")
            }
            try local(["update-ref", kept, commit], repository)
        }
        let found = try run(["rev-parse", "--verify", "--quiet", "\(kept)^{commit}"], repository)
        guard found.end.isSuccess, found.text == commit else { throw .badInput("\(commit) in \(address) is not a commit") }
    }

    private func prepare(_ repository: String, _ commit: String) throws(FetchFailure) {
        let isThere = try FetchFailure.wrap { () throws(SystemError) in try Files.statusIfPresent(repository + "/HEAD") != nil }
        if isThere { return }
        let format = commit.utf8.count == 40 ? "sha1" : "sha256"
        try local(["init", "--quiet", "--bare", "--template=", "--object-format=\(format)", repository], nil)
    }

    /// Fetches the commit without its history.
    /// - Returns: false if the server does not do that.
    private func fetchAlone(
        _ commit: String, into reference: String, _ repository: String, depth: Int = 1
    ) throws(FetchFailure) -> Bool {
        let run = try fetch(["--depth=\(depth)"], ["+\(commit):\(reference)"], repository)
        if !run.end.isSuccess && run.complaint.refusesCommit { return false }
        try check(run)
        return true
    }

    private func fetchAll(_ reference: String?, _ repository: String) throws(FetchFailure) {
        context.log("\(address) does not hand out commits by id; fetching all branches and tags")
        var names = ["refs/heads/*", "refs/tags/*"]
        if let reference, reference.hasPrefix("refs/") { names.append(reference) }
        // The largest depth git knows stands for all, also where the mirror is shallow so far.
        try check(try fetch(["--depth=2147483647"], names.map { "+\($0):refs/remote/\($0.dropFirst(5))" }, repository))
    }

    private func fetch(_ options: [String], _ references: [String], _ repository: String) throws(FetchFailure) -> GitRun {
        let fixed = ["--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance", "--progress"]
        return try run(
            ["fetch"] + fixed + options + ["--end-of-options", address.text] + references, repository, scheme: address.scheme)
    }

    /// Every file, link and submodule of a commit, or of one folder in it.
    func list(_ commit: String, subfolder: String?) throws(FetchFailure) -> GitListing {
        var listing = GitListing(fileLimit: command.settings.fileLimit, byteLimit: command.settings.byteLimit)
        let arguments = ["ls-tree", "-r", "-z", "--long", "--full-tree", commit] + (subfolder.map { ["--", $0] } ?? [])
        let run = try run(arguments, repository(for: commit)) { listing.add($0) }
        if let problem = listing.problem { throw .badInput("commit \(commit) of \(address) has \(problem)") }
        try checkLocal(run)
        return listing
    }

    /// The submodules that `.gitmodules` of a commit describes.
    func modules(of commit: String) throws(FetchFailure) -> GitModules {
        var text: [UInt8] = []
        let run = try run(
            ["config", "--blob", "\(commit):.gitmodules", "-z", "--get-regexp", #"^submodule\..*\.(path|url)$"#], repository(for: commit)
        ) { bytes in
            text += bytes
            return text.count <= 4 << 20
        }
        guard run.end.isSuccess else { throw .badInput("commit \(commit) of \(address) has submodules but no readable .gitmodules") }
        return GitModules(text)
    }

    /// Writes the files of a commit, or of one folder in it, into an empty folder.
    func checkOut(_ commit: String, subfolder: String?, into folder: String) throws(FetchFailure) {
        let repository = repository(for: commit)
        let index = self.folder + "/index"
        let variables = ["GIT_INDEX_FILE=\(index)"]
        try FetchFailure.wrap { () throws(SystemError) in try Files.removeTree(index) }
        // With everything in the index, attributes given above a subfolder count in it too.
        try checkLocal(try run(["read-tree", commit], repository, variables: variables))
        try checkLocal(
            try run(
                ["--work-tree=\(folder)", "checkout", "--quiet", "--force", commit, "--", subfolder ?? "."], repository,
                variables: variables, workingDirectory: folder))
        try FetchFailure.wrap { () throws(SystemError) in try Files.removeTree(index) }
    }

    /// The names and commits of the remote that `names` asks for.
    func remoteReferences(_ names: [String]) throws(FetchFailure) -> [String: String] {
        var text: [UInt8] = []
        let run = try run(["ls-remote", "--quiet", "--end-of-options", address.text] + names, nil, scheme: address.scheme) { bytes in
            text += bytes
            return text.count <= 1 << 20
        }
        try check(run)
        var result: [String: String] = [:]
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 2, GitNames.isCommit(String(fields[0])) { result[String(fields[1])] = String(fields[0]) }
        }
        return result
    }

    func local(_ arguments: [String], _ repository: String?) throws(FetchFailure) {
        try checkLocal(try run(arguments, repository))
    }

    /// Runs git with the lock in its hands, so that the mirror stays locked until the last process of a dead runner is gone.
    func run(
        _ arguments: [String], _ repository: String?, scheme: GitAddress.Scheme? = nil, variables: [String] = [],
        workingDirectory: String? = nil, onOutput: (([UInt8]) -> Bool)? = nil
    ) throws(FetchFailure) -> GitRun {
        let place = repository.map { ["--git-dir=\($0)"] } ?? []
        var request = command.request(place + arguments, scheme: scheme, variables: variables, workingDirectory: workingDirectory)
        request.passed = [.init(lock.descriptor, as: 3)]
        let run = try GitRun(request, context, silence: command.settings.silenceMilliseconds, onOutput: onOutput)
        if run.end.interruption != nil && run.end.interruption != .refused { isBroken = true }
        if case .signalled = run.end.exit.ending { isBroken = true }
        try run.throwInterruption(address)
        return run
    }

    /// A failure of a command that asked the server.
    private func check(_ run: GitRun) throws(FetchFailure) {
        if run.end.isSuccess { return }
        let message = "git cannot fetch from \(address): \(run.complaint.summary)"
        throw run.complaint.isFinal ? .badInput(message) : .infrastructure(message)
    }

    /// A failure of a command that only needs the mirror: it is thrown away with its next use.
    func checkLocal(_ run: GitRun) throws(FetchFailure) {
        if run.end.isSuccess { return }
        isBroken = true
        let message = "git cannot use what it fetched from \(address): \(run.complaint.summary)"
        throw run.complaint.isFinal ? .badInput(message) : .infrastructure(message)
    }
}
