internal import FarmModel
internal import PackageFiles

extension FileCapabilities {
    /// The extended attribute that Linux keeps them in: `struct vfs_cap_data` of revision 2, five numbers of 32 bits, the lowest byte first:
    /// revision and effective bit, then permitted and inheritable, first those below 32, then the others
    /// (https://github.com/torvalds/linux/blob/master/include/uapi/linux/capability.h). Revision 3 would say whose root it is about.
    var attribute: ExtendedAttribute {
        let words = [
            Self.revision | (isEffective ? 1 : 0), UInt32(truncatingIfNeeded: permitted.bits),
            UInt32(truncatingIfNeeded: inheritable.bits), UInt32(truncatingIfNeeded: permitted.bits >> 32),
            UInt32(truncatingIfNeeded: inheritable.bits >> 32),
        ]
        return ExtendedAttribute(name: "security.capability", value: words.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) })
    }

    private static let revision: UInt32 = 0x0200_0000
}
