internal import Glibc

/// A Unix datagram socket to a service manager.
public struct NotifySocket: Sendable {
    private let address: [UInt8]
    private let descriptor: Descriptor

    /// Prepares to send to `address`: an absolute path, or `@` and an abstract name. nil for anything else.
    public init?(address: String) {
        guard address.hasPrefix("/") || address.hasPrefix("@"), address.utf8.count < 108, address.utf8.count > 1 else { return nil }
        var bytes = Array(address.utf8)
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return nil }
        self.address = bytes
        descriptor = Descriptor(owning: number)
    }

    /// Sends one message. Nobody listening is no error: the manager may be restarting.
    public func send(_ text: String) {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: address) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
        let message = Array(text.utf8)
        _ = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor.number, message, message.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT), $0, length)
            }
        }
    }
}
