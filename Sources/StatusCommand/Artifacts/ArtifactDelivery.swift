internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Writes trees out: into folders, as one archive, or a single file as it is. What has its final name is whole.
struct ArtifactDelivery {
    let store: any Farm
    let context: ToolContext
    /// Of a path the file itself is meant, where it is one.
    let path: String?

    /// - Parameter place: A folder, a file whose name ends in `.tar`, or `-` for standard output.
    /// - Throws: `inputOutput` if the name of a job would lead elsewhere: a server may say what it likes.
    func deliver(_ trees: [ArtifactTree], to place: String) throws {
        if let tree = trees.first(where: { !$0.name.isEmpty && !TreeEntry.isSafe($0.name) }) {
            throw FarmError(
                .inputOutput, "the farm has a job \(JSONValue.string(tree.name).text), which is no name of a folder; nothing is written")
        }
        if place == "-" { return try deliverToOutput(trees) }
        guard place.hasSuffix(".tar") else {
            for tree in trees { try write(tree, into: place) }
            return
        }
        try intoNewFile(place) { file throws(FarmError) in try archive(trees, to: file) }
    }

    private func deliverToOutput(_ trees: [ArtifactTree]) throws {
        try context.output.flush()
        if let digest = singleFile(of: trees) { return try store.content.copy(digest, to: context.output.descriptor) }
        guard !Terminal.isTerminal(context.output.descriptor) else {
            throw FarmError(.usage, "an archive is not for a terminal; pipe it on, as in … --get - | tar -t")
        }
        try archive(trees, to: context.output.descriptor)
    }

    /// The digest of the one file that a path means.
    private func singleFile(of trees: [ArtifactTree]) -> Digest? {
        guard let path, trees.count == 1, let entry = trees[0].manifest.entries.first(where: { $0.path == path }),
            case .file(_, let digest) = entry.content
        else { return nil }
        return digest
    }

    private func archive(_ trees: [ArtifactTree], to output: Descriptor) throws(FarmError) {
        let writer = TarWriter(blobs: store.content, to: output, sourceDateEpoch: Plan.defaultSourceDateEpoch)
        for tree in trees {
            if !tree.name.isEmpty { try writer.add(folder: tree.name) }
            try writer.add(tree.manifest, below: tree.name)
        }
        try writer.finish()
    }

    private func intoNewFile(_ path: String, _ body: (Descriptor) throws(FarmError) -> Void) throws(FarmError) {
        let file = try creating { () throws(SystemError) in try NewFile(path: path) }
        do throws(FarmError) {
            try body(file.descriptor)
            try creating { () throws(SystemError) in try file.publish() }
        } catch {
            file.discard()
            throw error
        }
    }

    /// Writes a tree into a new folder; nothing that exists is overwritten. It gets its name when it is complete.
    private func write(_ tree: ArtifactTree, into folder: String) throws(FarmError) {
        let path = tree.name.isEmpty ? folder : "\(folder)/\(tree.name)"
        try creating { () throws(SystemError) in
            if try Files.statusIfPresent(path) != nil, try !Files.open(path, [.read, .folder]).entries(limit: 1).isEmpty {
                throw SystemError(code: 17, attempt: "write artifacts into", path: path)
            }
            if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex {
                try Files.makeFolders(String(path[..<slash]), mode: 0o755)
            }
        }
        let partial = "\(path).partial-\(RandomBytes.hexadecimal(4))"
        do throws(FarmError) {
            let target = try creating { () throws(SystemError) in
                try Files.makeFolder(partial, mode: 0o755)
                return try Files.open(partial, [.read, .folder])
            }
            try TreeWriter(blobs: store.content, sourceDateEpoch: Plan.defaultSourceDateEpoch).write(tree.manifest, into: target)
            try creating { () throws(SystemError) in try Files.rename(partial, to: path) }
        } catch {
            try? Files.removeTree(partial)
            throw error
        }
    }

    private func creating<T>(_ body: () throws(SystemError) -> T) throws(FarmError) -> T {
        do throws(SystemError) { return try body() } catch {
            throw FarmError(.cannotCreate, error.code == 17 ? "\(error); choose another name, or an empty folder" : "\(error)")
        }
    }
}
