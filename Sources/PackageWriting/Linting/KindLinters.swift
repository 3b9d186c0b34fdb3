internal import FarmModel
internal import PackageFiles

/// Files of kinds that belong into other packages, or nowhere.
enum KindLinters {
    static let all: [Linter] = [
        .paths("documentation", nil, exempt: ["-doc"], "is documentation", advice: "move it to a package named -doc") { entry in
            entry.content != .folder && isDocumentation(FilePath.name(of: entry.path))
        },
        .paths("maninfo", .warning, exempt: ["-doc"], "is a manual or info page", advice: "move it to a package named -doc") { entry in
            entry.content != .folder && isManual(entry.path)
        },
        suffix("object", ".o", "is an intermediate object file", advice: "remove it"),
        suffix("dll", ".dll", exempt: ["-dev"], "is a library for Windows", advice: "remove it"),
        suffix("dylib", ".dylib", exempt: ["-dev"], "is a library for macOS", advice: "remove it"),
        suffix(
            "staticarchive", ".a", exempt: ["-dev", "-static"], "is a static library", advice: "move it to a package named -static or -dev"),
        suffix(
            "libtool/la-files", ".la", severity: .error, "is a libtool archive", advice: "remove it, or disable the linter libtool/la-files"
        ),
        .paths("pkgconf", .warning, "is for pkg-config, and nothing tests it", advice: "add the test pipeline test/pkgconf") { entry in
            let folders = ["usr/lib/pkgconfig", "usr/share/pkgconfig"]
            return entry.content != .folder && folders.contains { FilePath.isPath(entry.path, in: $0) }
        },
        .paths("lddcheck", .warning, "is a shared library, and nothing tests it", advice: "add the test pipeline test/ldd-check") { entry in
            entry.content != .folder && isSharedLibrary(FilePath.name(of: entry.path))
        },
        .paths("cudaruntimelib", .warning, "belongs to the driver of the host", advice: "use a package with a stub of it") { entry in
            let name = FilePath.name(of: entry.path)
            let isDriver = name.hasPrefix("libcuda.so") || name.hasPrefix("libnvidia-ml.so")
            return entry.content != .folder && isDriver && isSharedLibrary(name) && FilePath.parent(of: entry.path) == "usr/lib"
        },
        .paths("nonlinux", .warning, "is for another system", advice: "remove it") { entry in
            let path = entry.path.lowercased()
            return entry.content != .folder && otherSystems.contains { path.contains($0) }
        },
        Linter(name: "empty", severity: nil, advice: "look whether its pipeline does what it should") { package in
            let hasFiles = package.tree.entries.contains { $0.content != .folder && !BinaryLinters.isIgnored($0.path) }
            return hasFiles || package.body.options.hasNoProvides ? [] : [Linter.Fault(path: nil, text: "has no files")]
        },
    ]

    private static let otherSystems = [
        "darwin", "macos", "mac_os", "mac-os", "osx", "os_x", "os-x", "windows", "win32", "win64",
    ]

    private static func suffix(
        _ name: String, _ suffix: String, severity: LintFinding.Severity = .warning, exempt: [String] = [], _ text: String, advice: String
    ) -> Linter {
        .paths(name, severity, exempt: exempt, text, advice: advice) { $0.content != .folder && FilePath.suffix(of: $0.path) == suffix }
    }

    private static func isDocumentation(_ name: String) -> Bool {
        let names = ["READ", "README", "READ.ME", "TODO", "CREDITS"]
        let suffixes = [".md", ".doc", ".docx", ".rst"]
        return names.contains { name.hasSuffix($0) } || suffixes.contains { name.hasSuffix($0) }
    }

    private static func isManual(_ path: String) -> Bool {
        let manuals = ["usr/share/man", "usr/local/share/man", "usr/man"]
        if manuals.contains(where: { FilePath.isPath(path, in: $0) && path != $0 }) { return true }
        let infos = ["usr/share/info", "usr/local/share/info"]
        guard infos.contains(FilePath.parent(of: path)) else { return false }
        let name = FilePath.name(of: path)
        return name == "dir" || name.hasSuffix(".info") || name.contains(".info-") || name.contains(".info.")
    }

    /// `.so`, and numbers behind it
    static func isSharedLibrary(_ name: String) -> Bool {
        var parts = name.split(separator: ".", omittingEmptySubsequences: false)
        while parts.count > 1, let last = parts.last, !last.isEmpty, last.utf8.allSatisfy(\.isASCIIDigit) { parts.removeLast() }
        return parts.count > 1 && parts.last == "so"
    }
}
