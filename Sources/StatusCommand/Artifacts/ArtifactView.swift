internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Lists artifacts, and writes their trees out.
struct ArtifactView {
    let store: any Farm
    let options: ArtifactOptions
    let format: FormatOptions
    let colors: ColorOptions
    let context: ToolContext

    /// - Parameters:
    ///   - targets: Builds, jobs and attempts.
    ///   - digests: Trees by their digests.
    func show(_ targets: [Target], digests: [String]) throws -> ExitStatus {
        let finder = ArtifactTrees(store: store, path: options.pathWithoutSlash)
        var trees = try finder.of(targets)
        for digest in digests { trees.append(try finder.of(digest: digest)) }
        if let package = options.lastGood { trees += try finder.lastGood(package) }
        if let place = options.get {
            try ArtifactDelivery(store: store, context: context, path: options.pathWithoutSlash).deliver(trees, to: place)
            // What was asked for is there already.
            if place == "-" { return .success }
        }
        return options.files || options.path != nil ? try listFiles(trees) : try listArtifacts(trees)
    }

    private func listArtifacts(_ trees: [ArtifactTree]) throws -> ExitStatus {
        var printer = RecordPrinter<ArtifactRow>(format, colors, in: context)
        for tree in trees {
            let artifacts = try tree.job.map { job throws(FarmError) in try store.artifacts(of: job.id) } ?? []
            for artifact in artifacts { try printer.add(ArtifactRow(artifact)) }
            if artifacts.isEmpty { try printer.add(ArtifactRow(tree)) }
        }
        try printer.finish()
        return .success
    }

    private func listFiles(_ trees: [ArtifactTree]) throws -> ExitStatus {
        var printer = RecordPrinter<FileRow>(format, colors, in: context)
        for tree in trees {
            for entry in tree.manifest.entries where options.pathWithoutSlash.map(entry.lies) ?? true {
                try printer.add(FileRow(entry, of: tree))
            }
        }
        try printer.finish()
        return .success
    }
}

/// An artifact as a row.
struct ArtifactRow: Displayable {
    static let columns = [
        Column("JOB"), Column("NAME", shrinks: true), Column("VERSION"), Column("ARCH"), Column("SIZE", .right),
        Column("DIGEST", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ artifact: ArtifactRecord) {
        json = artifact.json
        cells = [
            Cell(artifact.job.description), Cell(artifact.path ?? artifact.name), Cell(artifact.version), Cell(artifact.architecture.name),
            Cell(SizeText.text(bytes: artifact.bytes), plain: String(artifact.bytes)), Cell(artifact.digest.description),
        ]
    }

    /// A tree that no record of a job describes any more.
    init(_ tree: ArtifactTree) {
        var object: JSONObject = ["kind": "artifact", "type": "tree"]
        object.add("name", tree.name.isEmpty ? nil : tree.name)
        object.add("bytes", tree.manifest.totalBytes)
        object.add("digest", tree.digest.description)
        json = object
        cells = [
            Cell(tree.job?.id.description), Cell(tree.name), Cell(nil), Cell(nil),
            Cell(SizeText.text(bytes: tree.manifest.totalBytes), plain: String(tree.manifest.totalBytes)), Cell(tree.digest.description),
        ]
    }
}

/// A file, folder or link of a tree as a row.
struct FileRow: Displayable {
    static let columns = [
        Column("TREE", shrinks: true), Column("TYPE"), Column("MODE"), Column("SIZE", .right), Column("PATH", shrinks: true),
        Column("DIGEST", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ entry: TreeEntry, of tree: ArtifactTree) {
        let record = FileRecord(entry, tree: tree.digest, job: tree.job?.id)
        json = record.json
        var (size, digest, target): (Int64?, Digest?, String?) = (nil, nil, nil)
        switch entry.content {
        case .file(let bytes, let content): (size, digest) = (bytes, content)
        case .link(let text): target = text
        case .folder: break
        }
        cells = [
            Cell(tree.name.isEmpty ? tree.digest.description : tree.name), Cell(record.type), Cell(record.mode),
            Cell(size.map { SizeText.text(bytes: $0) }, plain: size.map { String($0) }),
            Cell(entry.path + (target.map { " -> " + $0 } ?? "")),
            Cell(digest?.description),
        ]
    }
}
