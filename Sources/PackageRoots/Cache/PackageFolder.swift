internal import FarmModel
internal import Fetching
internal import HostSystem
internal import PackageFiles

/// The files of a package, laid out side by side by their number, not by their path: so nothing that a package says leads anywhere.
struct PackageFolder {
    let path: String
    let context: FetchContext

    private var unfinished: String { path + ".new" }

    /// Whether all files of the entries are there, of the right kind, size and mode. Their content is not read.
    func isComplete(_ entries: [TarEntry]) -> Bool {
        guard let folder = try? Files.open(path, [.read, .folder, .noFollow]) else { return false }
        for (index, entry) in entries.enumerated() {
            guard case .file(let size) = entry.content else { continue }
            guard let status = try? Files.status("\(index)", in: folder), status.type == .regular, status.size == size,
                status.permissions == entry.mode
            else { return false }
        }
        return true
    }

    /// Reads the rest of a package and lays its files out.
    /// - Returns: its entries.
    func layOut(_ package: inout PackageReader) throws(EnvironmentFailure) -> [TarEntry] {
        let folder = try EnvironmentFailure.system { () throws(SystemError) in
            try Files.removeTree(path)
            try Files.removeTree(unfinished)
            try Files.makeFolder(unfinished, mode: 0o755)
            return try Files.open(unfinished, [.read, .folder])
        }
        var entries: [TarEntry] = []
        while let entry = try next(&package) {
            if case .file = entry.content { try write(entry, "\(entries.count)", of: &package, into: folder) }
            entries.append(entry)
        }
        try EnvironmentFailure.system { () throws(SystemError) in try Files.rename(unfinished, to: path) }
        return entries
    }

    /// Reads the rest of a package, whose files are laid out already.
    func entries(of package: inout PackageReader) throws(EnvironmentFailure) -> [TarEntry] {
        var entries: [TarEntry] = []
        while let entry = try next(&package) { entries.append(entry) }
        return entries
    }

    /// Removes everything.
    func remove() throws(SystemError) {
        try Files.removeTree(path)
        try Files.removeTree(unfinished)
    }

    private func next(_ package: inout PackageReader) throws(EnvironmentFailure) -> TarEntry? {
        try context.check()
        return try EnvironmentFailure.reading { () throws(FarmError) in try package.next() }
    }

    private func write(
        _ entry: TarEntry, _ name: String, of package: inout PackageReader, into folder: Descriptor
    ) throws(EnvironmentFailure) {
        let file = try EnvironmentFailure.system { () throws(SystemError) in
            try Files.open(name, [.write, .create, .exclusive, .noFollow], mode: 0o600, in: folder)
        }
        while true {
            try context.check()
            let piece = try EnvironmentFailure.reading { () throws(FarmError) in try package.content() }
            if piece.isEmpty { break }
            try EnvironmentFailure.system { () throws(SystemError) in try file.writeAll(piece) }
        }
        try EnvironmentFailure.system { () throws(SystemError) in
            try FileAttributes.set(owner: entry.owner, group: entry.group, mode: entry.mode, entry.attributes, of: file)
            try Files.setTimes(name, seconds: entry.modifiedSeconds, in: folder)
        }
    }
}
