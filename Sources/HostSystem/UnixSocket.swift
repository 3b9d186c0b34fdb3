internal import Glibc

/// Unix sockets that take connections.
public enum UnixSocket {
    /// The longest path, in bytes.
    public static let pathLimit = 107
    private static let backlog: Int32 = 1_024

    /// Opens a socket that takes connections at a path. The mode is set before the first connection can be made. A socket that a dead process
    /// left there is replaced; nothing else is.
    /// - Parameter mode: Who may connect: those who may write.
    /// - Throws: `SystemError`; code `EADDRINUSE` if somebody takes connections there, or something other than a socket is there.
    public static func listen(at path: String, mode: UInt32) throws(SystemError) -> Descriptor {
        if try Files.statusIfPresent(path)?.type == .socket {
            guard try isDead(path) else { throw SystemError(code: EADDRINUSE, attempt: "listen", path: path) }
            try SystemCall.value("remove the socket of a dead server", path) { unlink(path) }
        }
        let descriptor = try open()
        try call("listen", path, descriptor, bind)
        try Files.setPermissions(path, mode)
        try SystemCall.value("listen", path) { Glibc.listen(descriptor.number, backlog) }
        return descriptor
    }

    private static func open() throws(SystemError) -> Descriptor {
        try SystemCall.descriptor("open a socket") { socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0) }
    }

    /// Whether nobody takes connections at a socket that is there.
    private static func isDead(_ path: String) throws(SystemError) -> Bool {
        let descriptor = try open()
        try descriptor.setNonBlocking()
        do throws(SystemError) {
            try call("connect", path, descriptor, connect)
            return false
        } catch { return error.code == ECONNREFUSED }
    }

    private static func call(
        _ attempt: String, _ path: String, _ descriptor: Descriptor,
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32
    ) throws(SystemError) {
        guard path.utf8.count <= pathLimit else { throw SystemError(code: ENAMETOOLONG, attempt: attempt, path: path) }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let address = name
        try SystemCall.value(attempt, path) {
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    function(descriptor.number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
    }
}
