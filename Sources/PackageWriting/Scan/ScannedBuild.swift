internal import FarmModel
internal import PackageFiles

/// All packages of one build: they know of each other's libraries.
struct ScannedBuild: Sendable {
    /// The packages, in the order in which they were asked for.
    let packages: [ScannedPackage]
    /// Where the loader looks for libraries.
    let libraryFolders: Set<String>
    /// The ELF files there, by their names in the folder: what links for compilers lead to, in whatever package it lies.
    private var files: [String: ELFObject] = [:]
    /// Which package has a library for others, by the name that the library gives itself.
    private var owners: [String: Int] = [:]

    private static let usualFolders = ["lib", "usr/lib", "lib64", "usr/lib64"]
    private static let settingsFolder = "etc/ld.so.conf.d"
    private static let settingsLimit = 64 << 10
    private static let folderLimit = 100

    /// Looks at the packages together.
    /// - Throws: `inputOutput` if a file cannot be read.
    init(_ packages: [ScannedPackage]) throws(FarmError) {
        self.packages = packages
        var folders = Set(Self.usualFolders)
        for package in packages { folders.formUnion(try Self.settings(of: package)) }
        libraryFolders = folders
        for index in packages.indices { addLibraries(of: index) }
    }

    /// The file that is meant by a link to a library, wherever among the packages it lies.
    func library(named name: String) -> ELFObject? { files[name] }

    /// The package that has a library for others.
    func owner(of library: String) -> ScannedPackage? { owners[library].map { packages[$0] } }

    /// The first package that has a library counts.
    private mutating func addLibraries(of index: Int) {
        let package = packages[index]
        for entry in package.tree.entries where entry.content != .folder && libraryFolders.contains(FilePath.parent(of: entry.path)) {
            guard let object = package.object(at: entry.path) else { continue }
            let file = FilePath.name(of: entry.path)
            if files[file] == nil { files[file] = object }
            guard let name = object.libraryName, LibraryNames.isLibrary(object, at: entry.path) else { continue }
            if owners[name] == nil { owners[name] = index }
        }
    }

    /// ld.so.conf(5): one absolute folder a line.
    private static func settings(of package: ScannedPackage) throws(FarmError) -> [String] {
        var folders: [String] = []
        for entry in package.tree.entries where entry.isFile && FilePath.parent(of: entry.path) == settingsFolder {
            guard entry.path.hasSuffix(".conf"), folders.count < folderLimit else { continue }
            let lines = try package.text(of: entry, limit: settingsLimit).split(whereSeparator: \.isNewline)
            folders += lines.filter { $0.first == "/" }.map { $0.split(separator: "/").joined(separator: "/") }
        }
        return Array(folders.prefix(folderLimit))
    }
}
