internal import Documents
internal import FarmModel

/// A Git repository that a `git-checkout` step asks for: the runner checks it out before the first phase.
public struct MelangeCheckout: Sendable, Equatable {
    /// A commit that is put on top of the one that is checked out.
    public struct CherryPick: Sendable, Equatable {
        /// The branch that has it; nil if it need not be fetched.
        public var branch: String?
        /// The commit.
        public var commit: String
    }

    /// The address, as Git takes it.
    public var repository: String
    /// `branch`; never beside ``tag``. Neither means the remote's HEAD.
    public var branch: String?
    /// `tag`
    public var tag: String?
    /// `expected-commit`: 40 hexadecimal digits. It may be an annotated tag's own.
    public var commit: String?
    /// `expected-commit-is-branch-tip`: the commit must be the newest of the branch, not only on it.
    public var isCommitBranchTip: Bool
    /// `depth`: how many commits are fetched; nil means all.
    public var depth: Int?
    /// `recurse-submodules`
    public var submodules: Bool
    /// `cherry-picks`, in order.
    public var cherryPicks: [CherryPick]
    /// `sparse-paths`: only these folders; empty means all.
    public var sparsePaths: [String]
    /// The folder below `/build`: `git/0`.
    public var destination: String

    /// Checks what a step states.
    init(_ inputs: NativeInputs, number: Int) throws(InputFault) {
        repository = try inputs.word("repository") ?? ""
        branch = try inputs.word("branch")
        tag = try inputs.word("tag")
        commit = inputs.optionalText("expected-commit")
        isCommitBranchTip = try inputs.flag("expected-commit-is-branch-tip")
        submodules = try inputs.flag("recurse-submodules")
        sparsePaths = inputs.text("sparse-paths").utf8.split(whereSeparator: \.isBlank).map { String(Substring($0)) }
        destination = "git/\(number)"
        cherryPicks = []
        for line in inputs.text("cherry-picks").utf8.split(separator: 10) {
            if let pick = try CherryPick(line: Substring(line)) { cherryPicks.append(pick) }
        }
        depth = nil
        depth = try checkedDepth(inputs)
        _ = try inputs.flag("shallow-submodules")
        try check()
    }

    /// One commit, unless the commit may be anywhere on a branch.
    private func checkedDepth(_ inputs: NativeInputs) throws(InputFault) -> Int? {
        guard inputs.text("depth") != "unset" else { return branch != nil && commit != nil && !isCommitBranchTip ? nil : 1 }
        let depth = try inputs.number("depth", -1...1_000_000)
        guard depth != 0 else { throw InputFault(input: "depth", message: "expected -1 for all, or a number of commits") }
        return depth < 0 ? nil : depth
    }

    private func check() throws(InputFault) {
        if branch != nil, tag != nil { throw InputFault(input: "branch", message: "cannot stand beside tag") }
        if isCommitBranchTip, branch == nil || commit == nil {
            throw InputFault(input: "expected-commit-is-branch-tip", message: "needs branch and expected-commit")
        }
    }

    /// The step: lays the files out below where it starts.
    func script(_ inputs: NativeInputs) -> String {
        let folder = ShellText.quoted(inputs.text("destination"))
        return "mkdir -p -- \(folder)\ntar -C /build/\(destination) -c . | tar -C \(folder) -x --no-same-owner"
    }
}

extension MelangeCheckout.CherryPick {
    /// Reads `[branch/]commit: comment`, where `#` begins a note; nil for an empty line.
    fileprivate init?(line: Substring) throws(InputFault) {
        let text = line.utf8.prefix { $0 != UInt8(ascii: "#") }
        guard !text.allSatisfy(\.isBlank) else { return nil }
        let parts = text.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let names = parts[0].drop(while: \.isBlank).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let commit = String(Substring(names.last ?? parts[0]))
        let branch = names.dropLast().map { String(Substring($0)) }.joined(separator: "/")
        let isSound =
            parts.count == 2 && !parts[1].allSatisfy(\.isBlank) && commit.isCommitPrefix && !branch.hasPrefix("-")
            && !branch.utf8.contains(where: \.isBlank)
        guard isSound else {
            throw InputFault(input: "cherry-picks", message: "expected [branch/]commit: comment, found \(String(line).quoted)")
        }
        self.branch = branch.isEmpty ? nil : branch
        self.commit = commit
    }
}

extension String {
    /// At least 7 hexadecimal digits.
    fileprivate var isCommitPrefix: Bool { (7...40).contains(utf8.count) && consists(of: ByteSet.digits + "abcdefABCDEF") }
}
