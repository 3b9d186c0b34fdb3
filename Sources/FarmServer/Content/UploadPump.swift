import FarmModel
import FarmStore
import Hummingbird
import HummingbirdCore
import NIOCore

/// Writes a request's body to the disk as it comes; what came before its client went stays, so that the client can go on.
struct UploadPump {
    private let upload: Upload

    private static let pieceSize = 256 << 10

    init(_ upload: Upload) { self.upload = upload }

    func run(_ body: RequestBody) async throws {
        var piece: [UInt8] = []
        do {
            for try await buffer in body {
                piece += buffer.readableBytesView
                guard piece.count >= Self.pieceSize else { continue }
                try await write(piece)
                piece.removeAll(keepingCapacity: true)
            }
        } catch let error as FarmError {
            throw error
        } catch {
            try? await write(piece)
            throw error
        }
        try await write(piece)
    }

    private func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        let upload = upload
        try await offloaded(on: .waiting) { () throws(FarmError) in try upload.append(bytes) }
    }
}
