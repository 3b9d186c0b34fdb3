public import ArgumentParser

extension CommandConfiguration {
    /// What the parser has to know of a tool.
    ///
    /// A parser whose command has a super-command does not look for `--generate-completion-script`, for which it would parse each command
    /// line twice more; the tools have completions of their own. An empty super-command changes nothing else
    /// as long as the usage is written out.
    ///
    /// - Parameters:
    ///   - tool: The tool's name.
    ///   - abstract: What it does, in a sentence.
    ///   - usage: The command line, beginning with the tool's name.
    ///   - discussion: What `--help` says between the usage and the options.
    public init(tool: String, abstract: String, usage: String, discussion: String) {
        self.init(
            commandName: tool, _superCommandName: "", abstract: abstract, usage: usage, discussion: discussion,
            version: ToolVersion.text(tool))
    }
}
