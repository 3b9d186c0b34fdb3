internal import FarmModel
internal import PackageFiles

extension ScannedPackage {
    /// The files that get capabilities, by path; what is said of other names of a file is said of its first.
    /// - Throws: `badInput` for a path that is no file of the package.
    func capabilities() throws(FarmError) -> [FileCapabilities] {
        var files: [String: FileCapabilities] = [:]
        for capabilities in body.capabilities {
            let path = try file(at: capabilities.path)
            files[path, default: FileCapabilities(path: path)].formUnion(capabilities)
        }
        return files.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private func file(at path: String) throws(FarmError) -> String {
        let problem: String
        switch entry(at: path)?.content {
        case .file, .made: return path
        case .hardLink(let first): return first
        case .folder: problem = "is a folder; name a file"
        case .link(let target): problem = "is a symbolic link; name the file that it leads to, \(JSONValue.string(target).text)"
        case nil: problem = "is not in the package; correct the path, or have the pipeline make the file"
        }
        throw FarmError(.badInput, "setcap: \(JSONValue.string("/" + path).text) \(problem)")
    }
}
