/// Rules about names of shared libraries.
enum LibraryNames {
    /// Programs have no name as a library, except those that are libraries too: the C library can be run.
    static func isLibrary(_ object: ELFObject, at path: String) -> Bool {
        let name = FilePath.name(of: path)
        return object.interpreter == nil || name.contains(".so.") || name.hasSuffix(".so")
    }

    /// The version that is part of a library's name, `1.2` of `libz.so.1.2`; `0` if it has none of numbers.
    static func version(of name: String) -> String {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard let mark = parts.dropFirst().firstIndex(of: "so"), mark + 1 < parts.count else { return "0" }
        let version = parts[(mark + 1)...].joined(separator: ".")
        return !version.isEmpty && version.utf8.allSatisfy(\.isOfPlainVersion) ? version : "0"
    }

    /// Libraries that the driver of a graphics card brings into a container: no package has or needs them.
    static func isOfHost(_ name: String) -> Bool {
        let drivers = ["libEGL_nvidia", "libGLESv1_CM_nvidia", "libGLESv2_nvidia", "libGLX_nvidia"]
        let computing = ["libcuda", "libcudadebugger", "libnvcuvid", "libnvoptix"]
        guard name.hasSuffix(".so.1") else { return false }
        let base = String(name.dropLast(5))
        return drivers.contains(base) || computing.contains(base) || base.hasPrefix("libnvidia-")
    }

    /// The loader is needed without a version: else everything would have to be built again with each C library.
    static func isLoader(_ name: String) -> Bool { name.hasPrefix("ld-linux-") }
}
