public import FarmModel
internal import HostSystem
internal import Synchronization

/// A file on its way into the store. As long as this lives nobody else writes to it; what has come of it stays when this goes, for whoever goes
/// on with it later.
public final class Upload: Sendable {
    /// What its bytes shall hash to.
    public let digest: Digest
    private let owner: String
    private let uploads: Uploads
    private let file: FileLock
    private let progress: Mutex<Progress>

    private struct Progress {
        var offset: Int64
        /// Up to which offset it is known that there is room.
        var roomUntil: Int64
        var isOver = false
    }

    /// Room is looked for again after so many bytes.
    private static let stride: Int64 = 16 << 20
    private static let chunkBytes = 256 << 10

    init(_ digest: Digest, owner: String, file: FileLock, size: Int64, in uploads: Uploads) {
        self.digest = digest
        self.owner = owner
        self.file = file
        self.uploads = uploads
        progress = Mutex(Progress(offset: size, roomUntil: size))
    }

    deinit { try? file.unlock() }

    /// How many bytes have come.
    public var offset: Int64 { progress.withLock { $0.offset } }

    /// Forgets what has come.
    public func restart() throws(FarmError) {
        try change { progress throws(FarmError) in
            try FarmError.wrap { () throws(SystemError) in try file.descriptor.truncate(to: 0) }
            progress.offset = 0
            progress.roomUntil = 0
        }
    }

    /// Adds bytes at the end.
    /// - Throws: `badInput` if the file gets too large; `temporary` if there is no room for it now.
    public func append(_ bytes: [UInt8]) throws(FarmError) {
        try change { progress throws(FarmError) in
            let end = progress.offset + Int64(bytes.count)
            guard end <= uploads.limits.bytes else {
                throw FarmError(
                    .badInput, "\(digest) is larger than \(SizeText.text(bytes: uploads.limits.bytes)), the most a file may have")
            }
            if end > progress.roomUntil {
                try uploads.requireRoom(max(end - progress.offset, Self.stride))
                progress.roomUntil = end + Self.stride
            }
            try FarmError.wrap { () throws(SystemError) in try file.descriptor.writeAll(bytes, at: progress.offset) }
            progress.offset = end
        }
    }

    /// Checks the bytes and makes them a file of the store, durably, which is kept for a while without a build. The upload is over.
    /// - Returns: its size in bytes.
    /// - Throws: `badInput` if they hash to something else; then they are gone.
    public func finish() throws(FarmError) -> Int64 {
        try change { progress throws(FarmError) in
            let found = try FarmError.wrap { () throws(SystemError) in try hash() }
            progress.isOver = true
            guard found == digest else {
                try? Files.removeFile(file.path)
                throw FarmError(.badInput, "what was uploaded has the digest \(found), not \(digest); upload it again")
            }
            try uploads.publish(file.path, as: digest, bytes: progress.offset, owner: owner)
            return progress.offset
        }
    }

    /// Removes what has come. The upload is over.
    public func discard() throws(FarmError) {
        try change { progress throws(FarmError) in
            progress.isOver = true
            try FarmError.wrap { () throws(SystemError) in try Files.removeFile(file.path) }
        }
    }

    private func change<T: Sendable>(_ body: (inout Progress) throws(FarmError) -> T) throws(FarmError) -> T {
        try progress.withLock { progress throws(FarmError) in
            guard !progress.isOver else { throw FarmError(.internalError, "the upload of \(digest) is over") }
            return try body(&progress)
        }
    }

    private func hash() throws(SystemError) -> Digest {
        var hasher = DigestHasher()
        var offset: Int64 = 0
        while true {
            let bytes = try file.descriptor.read(atMost: Self.chunkBytes, at: offset)
            if bytes.isEmpty { return hasher.finish() }
            bytes.withUnsafeBytes { hasher.update($0) }
            offset += Int64(bytes.count)
        }
    }
}
