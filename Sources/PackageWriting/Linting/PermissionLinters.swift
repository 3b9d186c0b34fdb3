internal import FarmModel
internal import PackageFiles

/// Permissions that make others more powerful than was meant.
enum PermissionLinters {
    static let all: [Linter] = [
        .paths(
            "setuidgid", .error, "has the set-user-id, set-group-id or sticky bit", advice: "remove it, or disable the linter setuidgid"
        ) { isFile($0) && $0.mode & 0o7000 != 0 },
        .paths(
            "worldwrite", .error, exempt: ["-compat"], "can be written by everybody", advice: "remove that permission"
        ) { isFile($0) && $0.mode & 0o002 != 0 },
    ]

    private static func isFile(_ entry: PackageTree.Entry) -> Bool {
        switch entry.content {
        case .file, .made, .hardLink: true
        case .folder, .link: false
        }
    }
}
