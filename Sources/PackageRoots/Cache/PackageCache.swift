internal import AlpinePackage
internal import FarmModel
internal import Fetching
internal import HostSystem
internal import PackageFiles

/// Packages below `cache/packages`, by the checksum of their control segment: the file as it was fetched, and its files laid out once, from
/// which roots are hard-linked.
///
/// A package is read and checked from its first to its last byte each time it is used. One that is damaged is removed and fetched anew.
/// Links share content and modes, so a root that was made of them must never be writable to anybody who runs in it.
struct PackageCache {
    /// `cache/packages`
    let folder: String
    let client: RepositoryClient
    let context: FetchContext

    /// A package with its files, which stay as long as its lock is held.
    ///
    /// Who needs several takes them in the order of their checksums: all do, so nobody waits for somebody who waits for him.
    /// - Parameters:
    ///   - locked: Which one.
    ///   - address: Where it comes from: an address or an absolute path.
    func package(_ locked: EnvironmentLock.Package, from address: String) throws(EnvironmentFailure) -> CachedPackage {
        try EnvironmentFailure.reading { () throws(FarmError) in try locked.checkNames() }
        let place = Place("\(folder)/\(Hexadecimal.text(of: locked.checksum.prefix(1)))/\(Hexadecimal.text(of: locked.checksum))")
        try EnvironmentFailure.system { () throws(SystemError) in try Files.makeFolders(place.folder, mode: 0o700) }
        let notice = "waiting for another use of \(locked.fileName)"
        while true {
            try context.check()
            let shared = try context.lock(place.lock, .shared, toBeTold: notice)
            if let kept = try? read(place.package, locked, in: place, shared, mayLayOut: false) { return kept }
            try? shared.unlock()
            let lock = try context.lock(place.lock, .exclusive, toBeTold: notice)
            var package = try repaired(locked, in: place, lock)
            if package == nil { package = try fetched(locked, from: address, in: place, lock) }
            if let package, try EnvironmentFailure.system({ () throws(SystemError) in try lock.tryShared() }) { return package }
        }
    }

    /// The paths of one package.
    private struct Place {
        let folder: String
        var lock: String { folder + ".lock" }
        var package: String { folder + "/package.apk" }
        var partial: String { folder + "/package.apk.partial" }
        var files: String { folder + "/files" }

        init(_ folder: String) { self.folder = folder }
    }

    /// The package as it was kept, its files laid out if they were not; nil if it was not kept, or was damaged.
    private func repaired(
        _ locked: EnvironmentLock.Package, in place: Place, _ lock: FileLock
    ) throws(EnvironmentFailure) -> CachedPackage? {
        let isThere = try EnvironmentFailure.system { () throws(SystemError) in try Files.statusIfPresent(place.package) != nil }
        guard isThere else { return nil }
        do throws(EnvironmentFailure) { return try read(place.package, locked, in: place, lock, mayLayOut: true) } catch {
            guard error.failureClass == .badInput else { throw error }
            context.log("the kept file of \(locked.fileName) was damaged; fetching it again (\(error.message))")
        }
        try EnvironmentFailure.system { () throws(SystemError) in
            try PackageFolder(path: place.files, context: context).remove()
            try Files.removeTree(place.package)
        }
        return nil
    }

    private func fetched(
        _ locked: EnvironmentLock.Package, from address: String, in place: Place, _ lock: FileLock
    ) throws(EnvironmentFailure) -> CachedPackage {
        context.log("fetching \(locked.fileName)")
        do throws(EnvironmentFailure) {
            try client.package(locked.fileName, at: address, to: place.partial, context)
            let package = try read(place.partial, locked, in: place, lock, mayLayOut: true)
            try EnvironmentFailure.system { () throws(SystemError) in try Files.rename(place.partial, to: place.package) }
            return package
        } catch {
            try? Files.removeTree(place.partial)
            try? PackageFolder(path: place.files, context: context).remove()
            throw error
        }
    }

    /// Reads and checks all of a package.
    /// - Parameter mayLayOut: Whether its files are laid out if they are not; else that is a failure.
    private func read(
        _ path: String, _ locked: EnvironmentLock.Package, in place: Place, _ lock: FileLock, mayLayOut: Bool
    ) throws(EnvironmentFailure) -> CachedPackage {
        let file = try EnvironmentFailure.system { () throws(SystemError) in try Files.open(path, [.read, .noFollow]) }
        let files = PackageFolder(path: place.files, context: context)
        var package = try opened(file, locked)
        let isLaidOut = try EnvironmentFailure.system { () throws(SystemError) in try Files.statusIfPresent(files.path) != nil }
        var entries = isLaidOut || !mayLayOut ? try files.entries(of: &package) : try files.layOut(&package)
        if !files.isComplete(entries) {
            guard mayLayOut else { throw EnvironmentFailure(.infrastructure, "\(locked.fileName): its files are not laid out") }
            var again = try opened(file, locked)
            entries = try files.layOut(&again)
        }
        return CachedPackage(record: package.record, control: package.control, entries: entries, files: files.path, lock: lock)
    }

    private func opened(_ file: Descriptor, _ locked: EnvironmentLock.Package) throws(EnvironmentFailure) -> PackageReader {
        try EnvironmentFailure.reading { () throws(FarmError) in
            let package = try PackageReader(file, name: locked.fileName)
            try package.expect(checksum: locked.checksum)
            let record = package.record
            guard record.name == locked.name, record.version == locked.version else {
                let found = JSONValue.string("\(record.name)-\(record.version)").text
                throw FarmError(.badInput, "\(locked.fileName): it is the package \(found); correct the repository's index")
            }
            return package
        }
    }
}
