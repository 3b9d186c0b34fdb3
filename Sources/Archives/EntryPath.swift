internal import FarmModel

/// The path of an archive's entry, checked: relative, without `.` and `..`, within the limits.
struct EntryPath {
    /// The names from the outermost folder on; empty for the folder that is unpacked into.
    let names: [String]

    /// Checks a path and drops its first `strip` names; nil if nothing is left.
    init?(_ text: String, strip: Int, _ limits: UnpackLimits) throws(UnpackFailure) {
        if text.utf8.count > limits.pathBytes { throw .refused("the archive has a path of more than \(limits.pathBytes) bytes") }
        if text.isAbsolutePath { throw .refused(text, "has an absolute path") }
        let names = text.pathNames().filter { $0 != "." }.map { String($0) }
        if names.contains("..") { throw .refused(text, "has \"..\" in its path") }
        if names.count > limits.depth { throw .refused("the archive has folders nested deeper than \(limits.depth)") }
        if let long = names.first(where: { $0.utf8.count > 255 }) { throw .refused(long, "has a name of more than 255 bytes") }
        if strip > 0 && names.count <= strip { return nil }
        self.names = Array(names.dropFirst(strip))
    }

    /// The path, with slashes.
    var text: String { names.joined(separator: "/") }
    /// The path as the kernel compares it.
    var bytes: [UInt8] { Array(text.utf8) }
    /// The path of the folder it is in; empty for the outermost.
    var folder: String { names.dropLast().joined(separator: "/") }
    /// The last name.
    var name: String { names.last ?? "" }
}
