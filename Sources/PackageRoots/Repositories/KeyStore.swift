internal import FarmModel
internal import Fetching
internal import HostSystem
internal import PackageFiles

/// Gets public keys from files and addresses. One that was fetched is kept, and not asked for again unless its file was damaged.
struct KeyStore {
    let cache: String
    let downloader: Downloader

    private static let sizeLimit = 64 << 10

    /// The key at an absolute path or an address; its name is the last part of that.
    func key(at address: String, _ context: FetchContext) throws(EnvironmentFailure) -> PublicKey {
        let name = address.pathNames().last.map { String($0.prefix { $0 != "?" && $0 != "#" }) } ?? ""
        return address.isAbsolutePath ? try read(address, name: name) : try kept(address, name: name, context)
    }

    /// A key that was fetched, now or before. The lock is held until it is read, for those who tidy up.
    private func kept(_ address: String, name: String, _ context: FetchContext) throws(EnvironmentFailure) -> PublicKey {
        let path = "\(cache)/keys/\(Digest.of(Array(address.utf8)).hex).pem"
        try EnvironmentFailure.system { () throws(SystemError) in try Files.makeFolders("\(cache)/keys", mode: 0o700) }
        let lock = try context.lock(path + ".lock", .exclusive, toBeTold: "waiting for another fetch of a key")
        defer { try? lock.unlock() }
        if !Self.isWhole(path) {
            try downloader.fetch(address, to: path + ".partial", byteLimit: Int64(Self.sizeLimit), context)
            try EnvironmentFailure.system { () throws(SystemError) in
                let digest = try FileDigest.of(path + ".partial")
                try Files.rename(path + ".partial", to: path)
                try Files.writeAtomically(Array(digest.description.utf8), to: Self.note(path))
            }
        }
        do throws(EnvironmentFailure) { return try read(path, name: name) } catch {
            try? Files.removeTree(path)
            throw error
        }
    }

    private func read(_ path: String, name: String) throws(EnvironmentFailure) -> PublicKey {
        let text: [UInt8]
        do throws(SystemError) { text = try Files.readAll(path, limit: Self.sizeLimit) } catch {
            throw EnvironmentFailure(error.isMissing || error.isTooLarge ? .badInput : .infrastructure, "the key \(name): \(error)")
        }
        return try EnvironmentFailure.reading { () throws(FarmError) in
            try PublicKey(name: name, pem: String(decoding: text, as: UTF8.self))
        }
    }

    /// Where the digest of a kept key stands.
    private static func note(_ path: String) -> String { path + ".digest" }

    /// Whether a file is there as it was fetched: a damaged key may well be the text of another one.
    private static func isWhole(_ path: String) -> Bool {
        guard let digest = try? FileDigest.of(path), let noted = try? Files.readAll(note(path), limit: 256) else { return false }
        return Array(digest.description.utf8) == noted
    }
}
