internal import CHostSystem
internal import Glibc

extension Files {
    /// Sets the times of access and change, those of a symbolic link itself. The time is seconds since 1970 plus nanoseconds.
    public static func setTimes(
        _ path: String, seconds: Int64, nanoseconds: Int64 = 0, in folder: Descriptor? = nil
    ) throws(SystemError) {
        try SystemCall.value("set the times of", path) { bf_set_times(folder.systemNumber, path, seconds, nanoseconds) }
    }

    /// Sets the permission bits; a symbolic link, which has none, is refused with `EOPNOTSUPP` and not followed.
    public static func setPermissions(_ path: String, _ permissions: UInt32, in folder: Descriptor? = nil) throws(SystemError) {
        try SystemCall.value("set the permissions of", path) { bf_change_mode(folder.systemNumber, path, permissions) }
    }
}

extension Descriptor {
    /// True if the file has extended attributes, to which access control lists belong.
    public func hasExtendedAttributes() throws(SystemError) -> Bool {
        try SystemCall.value("list the attributes") { bf_has_attributes(openNumber) } == 1
    }

    /// Sets the permission bits.
    public func setPermissions(_ permissions: UInt32) throws(SystemError) {
        try SystemCall.value("set permissions") { fchmod(number, permissions) }
    }
}
