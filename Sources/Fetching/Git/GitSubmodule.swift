internal import FarmModel

/// A submodule of a commit.
struct GitSubmodule {
    /// Where it lies in its repository.
    let path: String
    let commit: String
    /// Its address as told, absolute, not yet checked.
    let address: String

    /// Joins what the commit and its `.gitmodules` say.
    static func all(
        _ entries: [(path: String, commit: String)], _ modules: GitModules, _ parent: GitAddress
    ) throws(FetchFailure) -> [GitSubmodule] {
        var result: [GitSubmodule] = []
        for (path, commit) in entries {
            guard let address = modules.address(of: path) else {
                throw .badInput("the submodule \(JSONValue.string(path).text) of \(parent) has no address in .gitmodules")
            }
            result.append(GitSubmodule(path: path, commit: commit, address: GitModules.resolved(address, from: parent.text)))
        }
        return result
    }
}
