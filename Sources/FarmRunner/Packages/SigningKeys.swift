public import FarmModel
public import FarmStore
internal import HostSystem
public import PackageFiles

/// The private key that a farm signs packages with.
public struct SigningKeys: Sendable {
    private static let limit = 64 << 10
    private static let patience = Duration.seconds(60)

    private let folder: String
    /// The file that somebody named, or nil.
    private let chosen: String?

    /// The keys of a state directory.
    /// - Parameter chosen: a file to use instead of the farm's own key.
    public init(_ directory: StateDirectory, chosen: String? = nil) {
        folder = directory.packageKeys
        self.chosen = chosen
    }

    private init(folder: String) {
        self.folder = folder
        chosen = nil
    }

    /// The key, which is made if the farm has none yet.
    /// - Throws: `configuration` for a file that is no key or that others can read.
    public func key() throws(FarmError) -> PrivateKey {
        if let chosen { return try Self.read(chosen) }
        guard let own = try ownPath() else { return try makeOwn() }
        return try Self.read(own)
    }

    /// The text of the key's public half; nil if it has another name, or there is no key.
    public func publicText(named name: String) throws(FarmError) -> String? {
        var path = chosen
        if path == nil { path = try ownPath() }
        guard let path, PathText.lastPart(of: path) + ".pub" == name else { return nil }
        return try Self.read(path).publicKey.pem
    }

    /// Makes sure that the key can be used.
    /// - Throws: as ``key()``.
    public func check() throws(FarmError) { _ = try key() }

    /// The file of the public half of the farm's own key, which is made if it has none yet.
    public func ownPublicFile() throws(FarmError) -> String {
        let key = try SigningKeys(folder: folder).key()
        return "\(folder)/\(key.publicKey.name)"
    }

    /// Writes a new key into two files: `path`, for its owner only, and `path.pub`.
    /// - Throws: `cannotCreate` if one of them is there already.
    public static func make(at path: String, bits: Int) throws(FarmError) -> PrivateKey {
        for file in [path, path + ".pub"] {
            let status = try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(file) }
            if status != nil { throw FarmError(.cannotCreate, "\(file) is there already; name another file, or remove it") }
        }
        let key = try PrivateKey.generate(name: PathText.lastPart(of: path), bits: bits)
        try FarmError.wrap { () throws(SystemError) in
            try write(key.pem, to: path, mode: 0o600)
            try write(key.publicKey.pem, to: path + ".pub", mode: 0o644)
        }
        return key
    }

    private static func write(_ text: String, to path: String, mode: UInt32) throws(SystemError) {
        let file = try NewFile(path: path, mode: mode)
        try file.descriptor.writeAll(Array(text.utf8))
        try file.publish()
    }

    /// Two runners may want the first key at once.
    private func makeOwn() throws(FarmError) -> PrivateKey {
        let lock = try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolders(folder, mode: 0o700)
            let lock = try FileLock(path: folder + "/lock")
            try lock.lock(.exclusive, timeout: Self.patience)
            return lock
        }
        defer { try? lock.unlock() }
        if let own = try ownPath() { return try Self.read(own) }
        // Machines trust keys by the names of their files, so that of no two farms is the same.
        return try Self.make(at: "\(folder)/bf-\(RandomBytes.hexadecimal(8)).rsa", bits: 4_096)
    }

    private func ownPath() throws(FarmError) -> String? {
        try FarmError.wrap { () throws(SystemError) in
            guard try Files.statusIfPresent(folder) != nil else { return nil }
            let names = try Files.entries(of: folder, limit: 1_000).compactMap(\.name)
            return names.filter { $0.hasSuffix(".rsa") }.min().map { "\(folder)/\($0)" }
        }
    }

    private static func read(_ path: String) throws(FarmError) -> PrivateKey {
        let (status, bytes) = try FarmError.wrap { () throws(SystemError) in
            (try Files.status(path, following: true), try Files.readAll(path, limit: limit))
        }
        guard status.permissions & 0o077 == 0 else {
            throw FarmError(.configuration, "the signing key \(path) can be read by others; run chmod 600 \(path)")
        }
        do throws(FarmError) {
            return try PrivateKey(name: PathText.lastPart(of: path), pem: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw FarmError(.configuration, "the signing key \(path): \(error.message)")
        }
    }
}
