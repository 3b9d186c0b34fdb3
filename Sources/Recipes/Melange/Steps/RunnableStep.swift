/// A step that runs: its variables are replaced, and its pipelines expanded.
struct RunnableStep: Sendable, Equatable {
    /// What the log calls it.
    var title: String
    /// Where it starts, absolute.
    var workingDirectory: String
    /// Variables of its environment.
    var variables: [String: String]
    /// What runs.
    var script: String

    /// The longest script: Linux takes no longer argument, and the shell is given the script as one.
    static let longestScript = 131_071 - beginning.utf8.count - ending.utf8.count

    /// What fails in the middle of a pipe fails the step, where the shell knows of that.
    private static let beginning = "if (set -o pipefail) 2>/dev/null; then set -o pipefail; fi\n"

    /// A test that fails as the last command of a script is no failure of the step.
    private static let ending = "\nexit 0\n"

    /// The step as a part of a phase's script: a shell of its own in a subshell, so that nothing of it reaches the next.
    func text(showsCommands: Bool) -> String {
        let folder = ShellText.quoted(workingDirectory)
        var lines = ["printf '%s\\n' \(ShellText.quoted("--- " + title))", "(", "mkdir -p \(folder)", "cd \(folder)"]
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) { lines.append("export \(name)=\(ShellText.quoted(value))") }
        lines.append("exec /bin/sh -e\(showsCommands ? "x" : "")c \(ShellText.quoted(Self.beginning + script + Self.ending))")
        lines.append(")")
        return lines.joined(separator: "\n") + "\n"
    }
}
