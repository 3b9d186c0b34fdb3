public import FarmModel
public import HostSystem

/// Writes trees as one tar archive, the same bytes for the same trees.
public struct TarWriter {
    private let blobs: any BlobSource
    private let output: Descriptor
    private let seconds: Int64

    /// - Parameter sourceDateEpoch: the time of everything, in seconds since 1970.
    public init(blobs: any BlobSource, to output: Descriptor, sourceDateEpoch: Int64) {
        self.blobs = blobs
        self.output = output
        seconds = sourceDateEpoch
    }

    /// Adds a folder without content.
    public func add(folder: String) throws(FarmError) {
        try write(TarHeader(path: folder, mode: 0o755, seconds: seconds, content: .folder).bytes)
    }

    /// Adds the entries of a tree below a folder; the folder may be empty.
    /// - Throws: `inputOutput` for a damaged blob; what was written is no archive then.
    public func add(_ manifest: TreeManifest, below folder: String) throws(FarmError) {
        for entry in manifest.entries {
            try write(TarHeader(entry, below: folder, seconds: seconds).bytes)
            guard case .file(let size, let digest) = entry.content else { continue }
            try blobs.copy(digest, to: output)
            try write([UInt8](repeating: 0, count: TarHeader.padding(after: size)))
        }
    }

    /// Ends the archive.
    public func finish() throws(FarmError) { try write(TarHeader.end) }

    private func write(_ bytes: [UInt8]) throws(FarmError) {
        try FarmError.wrap { () throws(SystemError) in try output.writeAll(bytes) }
    }
}
