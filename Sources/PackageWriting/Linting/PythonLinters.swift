internal import FarmModel
internal import PackageFiles

/// What Python packages should not have beside their module.
enum PythonLinters {
    static let all: [Linter] = [
        named("python/docs", ["doc", "docs"], "is documentation among the modules"),
        named("python/test", ["test", "tests"], "is a test among the modules"),
        multiple,
    ]

    private static func named(_ name: String, _ names: Set<String>, _ text: String) -> Linter {
        Linter(name: name, severity: .warning, advice: "remove it: other packages may have one too") { package in
            modules(of: package).filter { names.contains(FilePath.name(of: $0)) }.map { Linter.Fault(path: $0, text: text) }
        }
    }

    private static let multiple = Linter(
        name: "python/multiple", severity: .warning, advice: "split it, and look whether pip installed dependencies too"
    ) { package in
        let versions = Set(modules(of: package).map { FilePath.parent(of: $0) })
        if versions.count > 1 { return [Linter.Fault(path: nil, text: "has modules for \(versions.count) versions of Python")] }
        let names = Set(modules(of: package).compactMap(moduleName)).sorted()
        return names.count > 1
            ? [Linter.Fault(path: nil, text: "has \(names.count) modules of Python: \(names.joined(separator: ", "))")] : []
    }

    /// `usr/lib/python3.12/site-packages/NAME`
    private static func modules(of package: ScannedPackage) -> [String] {
        package.tree.entries.map(\.path).filter { path in
            let parts = path.split(separator: "/")
            return parts.count == 5 && parts.starts(with: ["usr", "lib"]) && parts[2].hasPrefix("python3.") && parts[3] == "site-packages"
        }
    }

    /// nil for what is no module of its own.
    private static func moduleName(_ path: String) -> String? {
        let name = FilePath.name(of: path)
        if name.hasPrefix("_") || ["test", "tests", "doc", "docs"].contains(name) { return nil }
        if [".egg-info", ".dist-info", ".pth"].contains(FilePath.suffix(of: name)) { return nil }
        return name.split(separator: ".").first.map(String.init)
    }
}
