internal import Glibc

/// One entry of a folder.
public struct FolderEntry: Sendable, Equatable {
    /// The name as the file system has it.
    public let nameBytes: [UInt8]
    /// What it is; `unknown` where it vanished while the folder was read.
    public let type: FileType

    /// The name; nil where it is not UTF-8.
    public var name: String? { String(validating: nameBytes, as: UTF8.self) }

    init?(_ raw: UnsafeMutablePointer<dirent>, in folder: Descriptor) {
        let bytes = withUnsafeBytes(of: &raw.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        if bytes == [UInt8(ascii: ".")] || bytes == [UInt8](repeating: UInt8(ascii: "."), count: 2) { return nil }
        nameBytes = bytes
        // The bits of d_type are those of the mode's type, shifted.
        let type = FileType(mode: UInt32(raw.pointee.d_type) << 12)
        let name = String(validating: bytes, as: UTF8.self)
        self.type = type == .unknown ? name.flatMap { try? Files.status($0, in: folder).type } ?? .unknown : type
    }
}
