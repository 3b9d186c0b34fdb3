public import HostSystem

extension ExtendedAttribute {
    /// Gives the attribute to an open file or folder.
    /// - Throws: `SystemError`, for instance `EPERM` for one that this process may not set.
    public func set(on file: Descriptor) throws(SystemError) {
        try file.setAttribute(name, to: value)
    }
}
