internal import Documents
internal import FarmModel
internal import FarmStore
internal import HostSystem

/// A folder of melange pipelines: every `*.yaml` in it and below, by its path in it.
struct PipelineFolder {
    private static let depth = 8
    private static let files = 2_000
    private static let bytes = 1 << 20

    private let path: String

    init(_ path: String) { self.path = path }

    /// What lies beside the configurations in a folder: `pipelines`, and folders of source files.
    static func neighbours(in folder: String) throws(FarmError) -> PackageDefaults.Folder {
        let entries = try FarmError.wrap { () throws(SystemError) in try Files.entries(of: folder) }
        let folders = entries.filter { $0.type == .folder }.compactMap(\.name)
        let pipelines = folders.contains("pipelines") ? try PipelineFolder(folder + "/pipelines").texts() : [:]
        return PackageDefaults.Folder(pipelines: pipelines, folders: Set(folders))
    }

    /// The texts.
    /// - Throws: `noInput` if there is no such folder, `badInput` for what no pipeline can be.
    func texts() throws(FarmError) -> [String: String] {
        var texts: [String: String] = [:]
        var open = [(path: path, prefix: "", depth: 0)]
        while let folder = open.popLast() {
            for entry in try FarmError.wrap({ () throws(SystemError) in try Files.entries(of: folder.path) }) {
                guard let name = entry.name, !name.hasPrefix(".") else { continue }
                let inner = (path: "\(folder.path)/\(name)", prefix: folder.prefix + name, depth: folder.depth + 1)
                if entry.type == .folder, inner.depth <= Self.depth {
                    open.append((inner.path, inner.prefix + "/", inner.depth))
                } else if entry.type == .regular, name.hasSuffix(".yaml") {
                    texts[inner.prefix] = try text(inner.path)
                }
                guard texts.count <= Self.files else { throw FarmError(.badInput, "\(path) has more than \(Self.files) pipelines") }
            }
        }
        return texts
    }

    private func text(_ path: String) throws(FarmError) -> String {
        let bytes = try FarmError.wrap { () throws(SystemError) in try Files.readAll(path, limit: Self.bytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FarmError(.badInput, "\(path) is not UTF-8") }
        return text
    }
}
