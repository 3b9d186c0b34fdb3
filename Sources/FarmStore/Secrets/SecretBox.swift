public import FarmModel
internal import HostSystem

/// Seals secrets with the state directory's key (AES-256-GCM), each bound to its build and name, so that a sealed value moved elsewhere in the
/// database does not open.
public struct SecretBox: Sendable {
    private let key: [UInt8]

    /// Shorter values are refused: masking them would blot out half of a log.
    public static let shortestValue = 4

    /// Reads the key, making it on the first use.
    public init(directory: StateDirectory) throws(FarmError) {
        let bytes = try FarmError.wrap { () throws(SystemError) in
            if try Files.statusIfPresent(directory.secretKey) == nil { try Self.make(directory.secretKey) }
            return try Files.readAll(directory.secretKey, limit: 32)
        }
        guard bytes.count == 32 else { throw FarmError(.configuration, "\(directory.secretKey) is damaged; restore it or remove it") }
        key = bytes
    }

    /// Several processes may do this at once; the first link wins and the others read it.
    private static func make(_ path: String) throws(SystemError) {
        let temporary = path + "." + RandomBytes.hexadecimal(8)
        let file = try Files.open(temporary, [.write, .create, .exclusive], mode: 0o600)
        try file.writeAll(RandomBytes.make(32))
        try file.sync()
        do throws(SystemError) { try Files.link(temporary, to: path) } catch  where error.isExisting {}
        try Files.removeFile(temporary)
    }

    /// Seals a value for one build.
    /// - Throws: `usage` if the value is too short.
    public func seal(_ value: [UInt8], name: String, build: BuildID) throws(FarmError) -> [UInt8] {
        try Self.refuseShort(value, name: name)
        return SealedBytes.seal(value, key: key, nonce: RandomBytes.make(SealedBytes.nonceSize), binding: Self.binding(name, build))
    }

    /// - Throws: `usage` if the value is too short.
    static func refuseShort(_ value: [UInt8], name: String) throws(FarmError) {
        guard value.count < shortestValue else { return }
        throw FarmError(.usage, "secret \(name) has fewer than \(shortestValue) bytes and could not be masked in logs; use a longer one")
    }

    /// Opens a value sealed for the same build and name.
    public func open(_ sealed: [UInt8], name: String, build: BuildID) throws(FarmError) -> [UInt8] {
        guard let value = SealedBytes.open(sealed, key: key, binding: Self.binding(name, build)) else {
            throw FarmError(.configuration, "secret \(name) of \(build) does not open; secret.key was replaced: submit again")
        }
        return value
    }

    private static func binding(_ name: String, _ build: BuildID) -> [UInt8] { Array("\(build)\0\(name)".utf8) }
}
