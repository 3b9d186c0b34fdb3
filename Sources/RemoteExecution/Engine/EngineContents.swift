internal import Execution
internal import FarmModel
internal import HostSystem

/// What is sent into the places of a run.
enum EngineContents {
    /// Up to here a phase's container may be started before everything is there, which takes no longer than its start.
    private static let small: (bytes: Int64, entries: Int) = (1 << 20, 1_000)

    /// What is in the places before the first phase.
    static func contents(of request: ExecutionRequest) throws(ExecutionFailure) -> [(path: String, members: [FolderArchive.Member])] {
        var run: [FolderArchive.Member] = []
        // Of a folder that exists the runtime takes over the rights for what it mounts there.
        if !request.secrets.isEmpty { run.append(.folder("secrets", mode: 0o777)) }
        if let script = firstScript(request.plan) { run.append(Self.member(script: script)) }
        return [
            (PhasePlaces.sandbox.build, [.content(of: request.workspace.build, below: "")]),
            (PhasePlaces.sandbox.dependencies, try dependencies(request)), (EngineContainers.script.folder, run),
        ]
    }

    static func firstScript(_ plan: Plan) -> String? {
        plan.phases.lazy.compactMap { phase in if case .script(let text) = phase.command { text } else { nil } }.first
    }

    static func member(script text: String) -> FolderArchive.Member {
        .file(EngineContainers.script.name, bytes: Array(text.utf8), mode: 0o444)
    }

    private static func dependencies(_ request: ExecutionRequest) throws(ExecutionFailure) -> [FolderArchive.Member] {
        var members: [FolderArchive.Member] = []
        var folders: Set<String> = []
        for dependency in request.dependencies.sorted(by: { $0.name < $1.name }) {
            guard dependency.name.hasOnlyPathNames, !dependency.name.utf8.contains(0) else {
                throw ExecutionFailure(.badInput, "the name of dependency \"\(dependency.name)\" cannot be a path")
            }
            for folder in Self.folders(of: dependency.name) where folders.insert(folder).inserted {
                // As bubblewrap makes those that only lead to a tree.
                members.append(.folder(folder, mode: folder == dependency.name ? 0o755 : 0o700))
            }
            if let path = dependency.path { members.append(.content(of: path, below: dependency.name)) }
        }
        return members
    }

    /// A path and those it lies in, outermost first.
    private static func folders(of path: String) -> [String] {
        let names = path.pathNames()
        return names.indices.map { names[...$0].joined(separator: "/") }
    }

    /// Whether sending it all takes but a moment.
    static func areSmall(_ request: ExecutionRequest) -> Bool {
        var rest = small
        return ([request.workspace.build] + request.dependencies.compactMap(\.path)).allSatisfy { folder in
            guard let descriptor = try? Files.open(folder, [.read, .folder]) else { return false }
            return (try? take(descriptor, from: &rest)) ?? false
        }
    }

    /// False once there is more than is left of `rest`.
    private static func take(_ folder: Descriptor, from rest: inout (bytes: Int64, entries: Int)) throws(SystemError) -> Bool {
        for name in try folder.entries().compactMap(\.name) {
            let status = try Files.status(name, in: folder)
            rest.entries -= 1
            rest.bytes -= status.type == .regular ? status.size : 0
            guard rest.entries >= 0, rest.bytes >= 0 else { return false }
            if status.type == .folder {
                let inner = try Files.open(name, [.read, .folder, .noFollow], in: folder)
                guard try take(inner, from: &rest) else { return false }
            }
        }
        return true
    }
}
