internal import FarmModel
internal import PackageFiles

/// `so:` from what ELF files say: the libraries they have, need and link to.
struct LibraryRule: ScanRule {
    func add(to found: inout FoundRelations, from package: ScannedPackage, of build: ScannedBuild) throws(FarmError) {
        for entry in package.tree.entries {
            if case .link(let target) = entry.content, entry.path.contains(".so") {
                addLinked(FilePath.name(of: target), package, build, &found)
            }
            guard let object = package.object(at: entry.path), !Self.isForDebuggers(entry.path) else { continue }
            addNeeds(of: object, package, build, &found)
            addName(of: object, at: entry.path, package, isPublic: build.libraryFolders.contains(FilePath.parent(of: entry.path)), &found)
        }
    }

    /// There lies what was stripped off: its headers speak of bytes that it does not have.
    private static func isForDebuggers(_ path: String) -> Bool { FilePath.isPath(path, in: "usr/lib/debug") }

    /// A link for compilers is of no use without the library, which often is in another package.
    private func addLinked(_ name: String, _ package: ScannedPackage, _ build: ScannedBuild, _ found: inout FoundRelations) {
        guard let library = build.library(named: name)?.libraryName, !LibraryNames.isOfHost(library) else { return }
        addDependency(on: library, package, build, &found)
    }

    private func addNeeds(of object: ELFObject, _ package: ScannedPackage, _ build: ScannedBuild, _ found: inout FoundRelations) {
        if let interpreter = object.interpreter {
            // musl's loader is a link to its C library, which is what packages provide.
            let name = FilePath.name(of: interpreter)
            let isMusl = name.hasPrefix("ld-musl")
            if DependencyText.isName(name) { found.dependencies.insert(isMusl ? "so:libc.musl\(name.dropFirst(7))" : "so:\(name)") }
        }
        for library in object.needed where library.contains(".so.") && !LibraryNames.isOfHost(library) {
            addDependency(on: library, package, build, &found)
        }
    }

    /// A library of the same build is needed as it is now, or newer.
    private func addDependency(
        on library: String, _ package: ScannedPackage, _ build: ScannedBuild, _ found: inout FoundRelations
    ) {
        found.dependencies.insert("so:\(library)")
        guard !package.body.options.hasNoLibraryVersions, !LibraryNames.isLoader(library) else { return }
        if let owner = build.owner(of: library), !owner.body.options.hasNoProvides {
            found.dependencies.insert("so-ver:\(library)>=\(owner.body.version)")
        }
    }

    private func addName(
        of object: ELFObject, at path: String, _ package: ScannedPackage, isPublic: Bool, _ found: inout FoundRelations
    ) {
        guard LibraryNames.isLibrary(object, at: path), let name = object.libraryName, !LibraryNames.isOfHost(name) else { return }
        if isPublic {
            found.provides.insert("so:\(name)=\(LibraryNames.version(of: name))")
            found.provides.insert("so-ver:\(name)=\(package.body.version)")
        } else {
            found.ownParts.formUnion(["so:\(name)", "so-ver:\(name)"])
        }
    }
}
