internal import CZstd
public import FarmModel
internal import HostSystem

/// Compresses logs that have ended, in place: `N.log` becomes `N.log.zst`, and whoever reads either by ``LogReader`` sees the same bytes.
///
/// The compressed file is on the disk under its name before the plain one goes, so that a crash leaves the one, the other or both, and each
/// that is there is whole. Who has the plain file open reads on.
public enum LogArchive {
    /// What became of a log.
    public enum Outcome: Sendable, Equatable {
        /// It is compressed.
        case compressed
        /// It is not worth it.
        case small
        /// There is no such log, or only a compressed one.
        case missing
        /// Somebody else is compressing it.
        case busy
        /// The caller no longer wanted it; nothing has changed.
        case stopped
    }

    /// Logs of fewer bytes are left alone: they take few blocks anyway, and people can read them with any tool.
    public static let smallestLog: Int64 = 64 << 10

    private static let level: Int32 = 3
    private static let suffix = ".zst"
    private static let temporarySuffix = ".zst.part"

    /// The name of a log once it is compressed.
    static func path(of log: String) -> String { log + suffix }

    /// Compresses a log to which nobody writes any more.
    /// - Parameters:
    ///   - log: The path of the plain log.
    ///   - isWanted: Asked now and then; false ends the work.
    /// - Throws: `inputOutput` when the disk fails or is full; the plain log is then as it was.
    @discardableResult
    public static func compress(_ log: String, while isWanted: () -> Bool = { true }) throws(FarmError) -> Outcome {
        try FarmError.wrap { () throws(SystemError) in
            guard let size = try Files.statusIfPresent(log)?.size else { return .missing }
            guard size >= smallestLog else { return .small }
            // The lock is on the temporary file itself: it vanishes with its holder, and a file that a dead one left is taken over.
            let lock = try FileLock(path: log + temporarySuffix)
            guard try lock.tryExclusive(), try Files.statusIfPresent(lock.path)?.inode == lock.descriptor.status().inode else {
                return .busy
            }
            do throws(SystemError) {
                let outcome = try write(log, to: lock.descriptor, while: isWanted)
                if outcome == .compressed { try replace(log, by: lock) } else { try? Files.removeFile(lock.path) }
                return outcome
            } catch {
                try? Files.removeFile(lock.path)
                throw error
            }
        }
    }

    private static func replace(_ log: String, by lock: FileLock) throws(SystemError) {
        try lock.descriptor.sync()
        try Files.rename(lock.path, to: path(of: log))
        let folder = log.lastIndex(of: "/").map { String(log[..<$0]) } ?? "."
        try Files.open(folder, [.read, .folder]).sync()
        try Files.removeFile(log)
    }

    private static func write(_ log: String, to output: Descriptor, while isWanted: () -> Bool) throws(SystemError) -> Outcome {
        let input: Descriptor
        do throws(SystemError) { input = try Files.open(log, [.read, .noFollow]) } catch  where error.isMissing { return .missing }
        try output.truncate(to: 0)
        guard let context = ZSTD_createCCtx() else { throw SystemError(code: 12, attempt: "compress", path: log) }
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        var table = SeekTable()
        while true {
            guard isWanted() else { return .stopped }
            let bytes = try input.read(atMost: CompressedLog.frameSize, at: table.size)
            if bytes.isEmpty { break }
            let frame = compressed(bytes, context)
            try output.writeAll(frame)
            table.add(compressed: frame.count, plain: bytes.count)
        }
        try output.writeAll(table.bytes)
        return .compressed
    }

    /// One frame. With room for the worst case the library has no reason to fail.
    private static func compressed(_ bytes: [UInt8], _ context: OpaquePointer) -> [UInt8] {
        let room = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            let length = bytes.withUnsafeBytes { ZSTD_compress2(context, buffer.baseAddress, room, $0.baseAddress, $0.count) }
            precondition(ZSTD_isError(length) == 0, "zstd cannot compress a block in memory")
            count = length
        }
    }
}
