internal import HostSystem

/// A repository for builds that ask git what they build, and changes that are picked from elsewhere.
extension GitMirror {
    /// Makes the folder that a commit was written into a repository of that one commit, with its branch or tag.
    func leaveRepository(of commit: String, reference: String?, in folder: String) throws(FetchFailure) {
        let repository = folder + "/.git"
        let format = commit.utf8.count == 40 ? "sha1" : "sha256"
        try local(["init", "--quiet", "--template=", "--object-format=\(format)", folder], nil)
        let options = ["--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance", "--quiet"]
        try checkLocal(
            try run(
                ["fetch"] + options + ["file://\(self.repository(for: commit))", "+\(Self.kept(commit)):\(Self.kept(commit))"], repository,
                scheme: .file))
        for name in Self.names(reference) { try local(["update-ref", name, commit], repository) }
        try local(["update-ref", "--no-deref", "HEAD", commit], repository)
        try local(["update-ref", "-d", Self.kept(commit)], repository)
        try local(["read-tree", commit], repository)
    }

    /// Applies what a commit changed to the files of a folder that is a repository.
    /// - Parameter pick: the commit, all its digits, with `BRANCH/` before it where it is to be found there.
    func apply(_ pick: String, in folder: String) throws(FetchFailure) {
        let parts = pick.split(separator: "/")
        guard let commit = parts.last.map({ $0.lowercased() }), GitNames.isCommit(commit) else {
            throw .badInput("the commit \(pick) to be picked from \(address) must be written with all its 40 or 64 digits")
        }
        try keepWithParent(commit, reference: parts.dropLast().joined(separator: "/"))
        let patch = folder + "/.git/picked.patch"
        let arguments = ["diff", "--binary", "--full-index", "--no-ext-diff", "--no-color", "--output=\(patch)", "\(commit)^", commit]
        try checkLocal(try run(arguments, repository(for: commit)))
        let applied = try run(
            ["--work-tree=\(folder)", "apply", "--index", "--whitespace=nowarn", patch], folder + "/.git", workingDirectory: folder)
        guard applied.end.isSuccess else {
            throw .badInput("the commit \(commit) of \(address) cannot be applied: \(applied.complaint.summary)")
        }
        try FetchFailure.wrap { () throws(SystemError) in try Files.removeFile(patch) }
    }

    /// The names that a commit has in a repository of its own.
    private static func names(_ reference: String?) -> [String] {
        guard let reference, !reference.isEmpty else { return [] }
        return reference.hasPrefix("refs/") ? [reference] : ["refs/tags/\(reference)"]
    }
}
