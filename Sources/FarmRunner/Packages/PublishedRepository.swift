import AlpinePackage
import FarmModel
import FarmStore
import HostSystem
import PackageFiles

/// The repository that finished packages go into: a folder with `ARCH/NAME-VERSION.apk` and `ARCH/APKINDEX.tar.gz`, which apk can use at any
/// moment. Several runners may publish at once.
struct PublishedRepository {
    private static let patience = Duration.seconds(300)
    private static let temporarySuffix = ".new"

    let folder: String
    let signer: SegmentSigner

    /// Takes in the packages of another repository: first the files, then, at one stroke for each architecture, their names.
    /// - Parameter source: a folder of the same form.
    func publish(_ source: String) throws(FarmError) {
        for architecture in try FarmError.wrap({ () throws(SystemError) in try Files.entries(of: source, limit: 100) }) {
            guard let name = architecture.name, architecture.type == .folder else { continue }
            try publish("\(source)/\(name)", as: "\(folder)/\(name)")
        }
    }

    private func publish(_ source: String, as target: String) throws(FarmError) {
        let added = try Self.index(of: source)
        let lock = try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolders(target, mode: 0o755)
            let lock = try FileLock(path: target + "/.lock")
            try lock.lock(.exclusive, timeout: Self.patience)
            return lock
        }
        defer { try? lock.unlock() }
        removeRemains(in: target)
        for record in added.packages { try copy(record.fileName, from: source, to: target) }
        try syncNames(in: target)
        var index = try Self.index(of: target)
        index.merge(added.packages)
        let bytes = try IndexWriter.bytes(of: index, signer: signer)
        try replace(target + "/" + IndexWriter.fileName) { file throws(SystemError) in try file.writeAll(bytes) }
        // Who is told that the job is good never publishes it again.
        try syncNames(in: target)
    }

    /// Waits until the names in a folder are on the disk.
    private func syncNames(in folder: String) throws(FarmError) {
        try FarmError.wrap { () throws(SystemError) in try Files.open(folder, [.read, .folder]).sync() }
    }

    /// Removes what a publisher left that was killed.
    private func removeRemains(in target: String) {
        for entry in (try? Files.entries(of: target)) ?? [] {
            if let name = entry.name, name.hasSuffix(Self.temporarySuffix) { try? Files.removeFile("\(target)/\(name)") }
        }
    }

    /// What a folder has; nothing if it has no index. Whose index it is does not matter: only the farm writes there.
    private static func index(of folder: String) throws(FarmError) -> PackageIndex {
        let path = folder + "/" + IndexWriter.fileName
        guard try FarmError.wrap({ () throws(SystemError) in try Files.statusIfPresent(path) }) != nil else { return PackageIndex() }
        let file = try FarmError.wrap { () throws(SystemError) in try Files.open(path, [.read, .noFollow]) }
        return try IndexFile(file, name: path, keys: nil).index
    }

    private func copy(_ name: String, from source: String, to target: String) throws(FarmError) {
        let file = try FarmError.wrap { () throws(SystemError) in try Files.open("\(source)/\(name)", [.read, .noFollow]) }
        try replace("\(target)/\(name)") { copy throws(SystemError) in _ = try Files.copy(from: file, to: copy) }
    }

    /// Makes a file that is on the disk before it has its name.
    private func replace(_ path: String, _ write: (Descriptor) throws(SystemError) -> Void) throws(FarmError) {
        try FarmError.wrap { () throws(SystemError) in
            let temporary = "\(path).\(RandomBytes.hexadecimal(4))\(Self.temporarySuffix)"
            do throws(SystemError) {
                let file = try Files.open(temporary, [.write, .create, .exclusive, .noFollow])
                try write(file)
                try file.setPermissions(0o644)
                try file.sync()
                try Files.rename(temporary, to: path)
            } catch {
                try? Files.removeFile(temporary)
                throw error
            }
        }
    }
}
