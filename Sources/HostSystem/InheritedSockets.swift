internal import Glibc

/// Open sockets that a service manager handed to this process (sd_listen_fds(3)).
public enum InheritedSockets {
    /// One of them.
    public struct Socket: Sendable, Equatable {
        /// Its number.
        public var descriptor: Int32
        /// True if only this machine can connect to it.
        public var isLocal: Bool
    }

    private static let first: Int32 = 3
    private static let limit: Int32 = 64

    /// The listening sockets, if `LISTEN_PID` names this process; they are not passed on to programs that it starts.
    /// - Parameter environment: The value of an environment variable.
    public static func find(environment: (String) -> String?) -> [Socket] {
        guard environment("LISTEN_PID").flatMap(Int32.init) == getpid(), let count = environment("LISTEN_FDS").flatMap(Int32.init),
            (1...limit).contains(count)
        else { return [] }
        return (first..<first + count).compactMap { descriptor in
            guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
            return Socket(descriptor: descriptor, isLocal: isLocal(descriptor))
        }
    }

    private static func isLocal(_ descriptor: Int32) -> Bool {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            let code = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            guard code == 0 else { return false }
            switch Int32(pointer.pointee.ss_family) {
            case AF_UNIX: return true
            case AF_INET:
                return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    UInt32(bigEndian: $0.pointee.sin_addr.s_addr) >> 24 == 127
                }
            case AF_INET6:
                return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                    withUnsafeBytes(of: address.pointee.sin6_addr) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
                }
            default: return false
            }
        }
    }
}
