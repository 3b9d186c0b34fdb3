internal import FarmModel
internal import PackageFiles

/// `cmd:` of what scripts begin with: `#!/usr/bin/perl`, `#!/usr/bin/env node`.
struct InterpreterRule: ScanRule {
    private static let folders = ["usr/bin", "usr/local/bin", "usr/local/sbin"]
    private static let lineLimit = 80
    /// These are symbolic links where they are installed, so no package says that it has them; of luajit there are several that differ.
    private static let ignored: Set<String> = ["sh", "awk", "python", "python3", "luajit"]

    func add(to found: inout FoundRelations, from package: ScannedPackage, of build: ScannedBuild) throws(FarmError) {
        for entry in package.tree.entries where entry.isFile && Self.folders.contains(where: { FilePath.isPath(entry.path, in: $0) }) {
            guard let name = Self.interpreter(try package.text(of: entry, limit: Self.lineLimit)) else { continue }
            if !Self.ignored.contains(name), DependencyText.isName(name) { found.dependencies.insert("cmd:\(name)") }
        }
    }

    /// The name of the program that runs the script; nil if it is none.
    static func interpreter(_ text: String) -> String? {
        guard text.hasPrefix("#!"), let line = text.dropFirst(2).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first
        else { return nil }
        let words = line.split { $0 == " " || $0 == "\t" }
        guard let program = words.first else { return nil }
        if program != "/usr/bin/env" { return FilePath.name(of: String(program)) }
        if words.count == 2 { return FilePath.name(of: String(words[1])) }
        guard words.count > 2, words[1] == "-S", !words[2].hasPrefix("-") else { return nil }
        return FilePath.name(of: String(words[2]))
    }
}
