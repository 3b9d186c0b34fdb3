internal import EngineClient
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Sends a ``FolderArchive``; files are read on threads of their own.
final class ArchiveUpload: ByteStream {
    private let archive: Mutex<FolderArchive>

    init(_ archive: FolderArchive) { self.archive = Mutex(archive) }

    func next() async throws -> ByteBuffer? {
        let piece = try await NIOThreadPool.singleton.runIfActive {
            do { return try self.archive.withLock { try $0.next() } } catch let error as LocalProblem { throw error } catch {
                throw LocalProblem("\(error)")
            }
        }
        return piece.map { ByteBuffer(bytes: $0) }
    }
}
