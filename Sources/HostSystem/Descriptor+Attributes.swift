internal import CHostSystem
internal import Glibc

/// Extended attributes (xattr(7)) and the owner.
extension Descriptor {
    /// The longest list of names or value that the kernel has, in bytes.
    private static let attributeLimit = 64 << 10

    /// The names of the extended attributes, in no order: `security.capability`. None where the file system knows no attributes; what is not
    /// UTF-8 is left out.
    public func attributeNames() throws(SystemError) -> [String] {
        do {
            let list = try Self.bytes("list the attributes") { flistxattr(openNumber, $0, $1) }
            return list.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }
        } catch let error where error.code == ENOTSUP {
            return []
        }
    }

    /// The value of an extended attribute.
    /// - Throws: `SystemError`; code `ENODATA` if there is none of this name.
    public func attribute(_ name: String) throws(SystemError) -> [UInt8] {
        try Self.bytes("read the attribute \(name)") { fgetxattr(openNumber, name, $0, $1) }
    }

    /// Sets an extended attribute, whether it is there or not.
    public func setAttribute(_ name: String, to value: [UInt8]) throws(SystemError) {
        try SystemCall.value("set the attribute \(name)") { fsetxattr(openNumber, name, value, value.count, 0) }
    }

    /// Gives the file to a user and a group. Takes the bits of set-user-id away.
    public func setOwner(_ owner: UInt32, group: UInt32) throws(SystemError) {
        try SystemCall.value("change the owner") { fchown(openNumber, owner, group) }
    }

    private static func bytes(_ attempt: String, _ read: (UnsafeMutablePointer<CChar>?, Int) -> Int) throws(SystemError) -> [UInt8] {
        // Most files have none, which is known without a buffer.
        guard try SystemCall.value(attempt, nil, { read(nil, 0) }) > 0 else { return [] }
        var buffer = [CChar](repeating: 0, count: attributeLimit)
        let count = try SystemCall.value(attempt) { buffer.withUnsafeMutableBufferPointer { read($0.baseAddress, $0.count) } }
        return buffer.prefix(count).map { UInt8(bitPattern: $0) }
    }
}

extension Files {
    /// Gives a file to a user and a group; a symbolic link itself.
    public static func setOwner(_ path: String, _ owner: UInt32, group: UInt32, in folder: Descriptor? = nil) throws(SystemError) {
        try SystemCall.value("change the owner of", path) { fchownat(folder.atNumber, path, owner, group, AT_SYMLINK_NOFOLLOW) }
    }
}
