import FarmModel
import HostSystem

/// The shells that scripts of pipelines must mean the same in.
enum PipelineShell: String, CaseIterable, Sendable {
    case dash
    /// With busybox's own find, sed, cp and so on.
    case busybox

    /// How it runs a step: it ends at the first failure.
    func arguments(_ script: String) -> [String] {
        switch self {
        case .dash: ["/usr/bin/dash", "-e", "-c", script]
        // Its own patch lacks options of the one that the step asks for.
        case .busybox: ["/usr/bin/busybox", "sh", "-e", "-o", "pipefail", "-c", "patch() { /usr/bin/patch \"$@\"; }\n" + script]
        }
    }
}

/// How a step of a pipeline has ended.
struct PipelineRun {
    var status: Int32
    var output: String
    var error: String
}

/// The folders of a build, with a main package `app` and the package `app-sub`, where steps of built-in pipelines run.
///
/// It puts values into scripts by plain replacement, as the compiler of configurations does.
final class PipelineBench {
    let root: String
    private let shell: PipelineShell

    init(_ shell: PipelineShell) throws(SystemError) {
        self.shell = shell
        root = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "bf-test-")
        for folder in ["home/melange-out/app", "home/melange-out/app-sub", "bin", "tmp"] {
            try Files.makeFolders("\(root)/\(folder)")
        }
    }

    deinit { try? Files.removeTree(root) }

    /// The main package.
    var app: String { "\(root)/home/melange-out/app" }
    /// The package that the pipeline is used in.
    var sub: String { "\(root)/home/melange-out/app-sub" }
    /// Where steps begin.
    var home: String { "\(root)/home" }

    /// Writes a file, and the folders on the way to it.
    func write(_ text: String, to path: String, mode: UInt32 = 0o644) throws(SystemError) {
        try Files.makeFolders(Self.parent(of: path))
        let file = try Files.open(path, [.write, .create, .truncate], mode: 0o600)
        try file.writeAll(Array(text.utf8))
        try file.setPermissions(mode)
    }

    private static func parent(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    /// Writes files whose text is their path, and links, as `path -> target`, into the main package.
    func fill(_ entries: [String]) throws(SystemError) {
        for entry in entries {
            let parts = entry.split(separator: " -> ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                try write(entry, to: "\(app)/\(entry)")
                continue
            }
            try Files.makeFolders(Self.parent(of: "\(app)/\(parts[0])"))
            try Files.makeSymbolicLink("\(app)/\(parts[0])", target: parts[1])
        }
    }

    /// Puts a program that steps find first.
    func program(_ name: String, _ script: String) throws(SystemError) {
        try write("#!/bin/sh\n\(script)\n", to: "\(root)/bin/\(name)", mode: 0o755)
    }

    /// Puts programs that print their name and arguments.
    func echoes(_ names: String...) throws(SystemError) {
        for name in names { try program(name, "printf '%s' '\(name)'; printf ' <%s>' \"$@\"; echo") }
    }

    /// Runs the steps of a pipeline until one fails.
    /// - Parameter variables: Further variables of the environment, as `NAME=value`.
    func run(
        _ name: String, _ inputs: [String: String] = [:], as package: String = "app-sub", variables: [String] = []
    ) throws -> PipelineRun {
        let text = try BuiltInPipelineText(name)
        let values = text.defaults.merging(inputs) { $1 }
        var all = PipelineRun(status: 0, output: "", error: "")
        for step in text.steps {
            let one = try run(step, values, as: package, variables)
            all.output += one.output
            all.error += one.error
            all.status = one.status
            if one.status != 0 { break }
        }
        return all
    }

    private func run(
        _ step: BuiltInPipelineText.Step, _ inputs: [String: String], as package: String, _ variables: [String]
    ) throws -> PipelineRun {
        if let used = step.uses {
            return try run(used, step.with.mapValues { fill(in: $0, inputs, as: package) }, as: package, variables: variables)
        }
        let script = fill(in: step.runs ?? "", inputs, as: package)
        let result = try Subprocess.run(
            shell.arguments(script), environment: environment + variables,
            workingDirectory: step.folder.map { fill(in: $0, inputs, as: package) } ?? home, deadline: Clock.boottimeMilliseconds + 60_000)
        guard case .exited(let status) = result.exit.ending, result.interruption == nil else {
            throw FarmError(.unavailable, "the shell did not end by itself: \(result.exit.ending)")
        }
        return PipelineRun(
            status: status, output: String(decoding: result.output, as: UTF8.self), error: String(decoding: result.error, as: UTF8.self))
    }

    private var environment: [String] {
        ["PATH=\(root)/bin:/usr/bin:/bin", "HOME=\(root)/home", "TMPDIR=\(root)/tmp", "LC_ALL=C.UTF-8", "GIT_CONFIG_NOSYSTEM=1"]
    }

    private func fill(in text: String, _ inputs: [String: String], as package: String) -> String {
        let out = "\(home)/melange-out"
        let variables = [
            "targets.outdir": out, "targets.destdir": app, "targets.contextdir": "\(out)/\(package)",
            "targets.subpkgdir": "\(out)/\(package)",
            "context.name": package, "package.name": "app", "package.version": "1.2.3", "package.full-version": "1.2.3-r0",
            "package.srcdir": home, "build.arch": Architecture.native.name, "host.triplet.gnu": "x86_64-pc-linux-gnu",
        ]
        let given = inputs.reduce(text) { $0.replacing("${{inputs.\($1.key)}}", with: $1.value) }
        return variables.reduce(given) { $0.replacing("${{\($1.key)}}", with: $1.value) }
    }

    /// All entries below a folder, as paths: links as `path -> target`, empty folders as `path/`.
    func entries(_ folder: String) throws -> [String] {
        try entries(folder, below: "").sorted()
    }

    private func entries(_ folder: String, below prefix: String) throws -> [String] {
        try Files.entries(of: folder).flatMap { entry -> [String] in
            let name = String(decoding: entry.nameBytes, as: UTF8.self)
            let path = "\(folder)/\(name)"
            switch entry.type {
            case .folder:
                let inner = try entries(path, below: "\(prefix)\(name)/")
                return inner.isEmpty ? ["\(prefix)\(name)/"] : inner
            case .symbolicLink: return ["\(prefix)\(name) -> \(String(decoding: try Files.linkTarget(path), as: UTF8.self))"]
            default: return [prefix + name]
            }
        }
    }

    /// The text of a file.
    func text(_ path: String) throws(SystemError) -> String {
        String(decoding: try Files.readAll(path, limit: 16 << 20), as: UTF8.self)
    }
}
