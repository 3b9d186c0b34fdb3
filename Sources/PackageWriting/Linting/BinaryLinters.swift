internal import FarmModel
internal import PackageFiles

/// What machine code should not be.
enum BinaryLinters {
    static let all: [Linter] = [strip, binaryArchitecture, architectureNames]

    /// Bills of materials say what they must.
    static func isIgnored(_ path: String) -> Bool { FilePath.isPath(path, in: "var/lib/db/sbom") }

    private static let strip = Linter(name: "strip", severity: .warning, advice: "strip it, for instance with the pipeline strip") {
        package in
        if package.body.name.hasSuffix("-dbg") || package.body.name.hasSuffix("-debug") { return [] }
        return package.objects.filter { path, object in
            object.hasDebugSections && isProgram(path, package) && !FilePath.isPath(path, in: "usr/lib/debug")
        }.keys.sorted().map { Linter.Fault(path: $0, text: "has sections for debuggers") }
    }

    private static let binaryArchitecture = Linter(
        name: "binaryarch", severity: .warning, advice: "build it for the package's architecture, or remove it"
    ) { package in
        let own = ELFObject.machines[package.body.architecture]
        let usual: Set<UInt16> = Set(["x86_64", "aarch64"].compactMap { ELFObject.machines[$0] })
        return package.objects.filter { path, object in
            isProgram(path, package) && object.machine != own && !usual.contains(object.machine)
        }.sorted { $0.key < $1.key }.map { path, object in
            let name = ELFObject.machines.filter { $0.value == object.machine }.keys.min() ?? "number \(object.machine)"
            return Linter.Fault(path: path, text: "is for the architecture \(name)")
        }
    }

    private static func isProgram(_ path: String, _ package: ScannedPackage) -> Bool {
        guard let entry = package.entry(at: path), !isIgnored(path) else { return false }
        return entry.mode & 0o111 != 0 || KindLinters.isSharedLibrary(FilePath.name(of: path))
    }

    private static let usualNames = ["aarch64", "arm64", "amd64", "x86_64", "x86-64"]
    private static let otherNames = [
        "i386", "i686", "x86_32", "x86-32", "ppc64", "ppc64le", "powerpc", "s390x", "s390", "mips", "mipsel", "mips64", "riscv", "riscv64",
        "sparc", "sparc64", "ia64", "m68k",
    ]

    private static let architectureNames = Linter(
        name: "unsupportedarch", severity: .warning, advice: "remove it if it is only for that"
    ) { package in
        let names = otherNames.filter { !package.body.architecture.hasPrefix($0) && !$0.hasPrefix(package.body.architecture) }
        return package.tree.entries.filter { $0.content != .folder && !isIgnored($0.path) }.compactMap { entry in
            let path = entry.path.lowercased()
            return names.first { mentions($0, path) }.map { Linter.Fault(path: entry.path, text: "is for the architecture \($0)") }
        }
    }

    /// As a folder; or as a word of the file's name, where nothing of the path speaks of a usual architecture.
    private static func mentions(_ name: String, _ path: String) -> Bool {
        if FilePath.parent(of: path).split(separator: "/").contains(where: { $0 == name }) { return true }
        let words = FilePath.name(of: path).split { "-_.".contains($0) }
        guard words.dropFirst().contains(where: { $0 == name }) else { return false }
        return !usualNames.contains { path.contains($0) }
    }
}
