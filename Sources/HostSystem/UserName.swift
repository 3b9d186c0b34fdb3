internal import Glibc

/// The user that runs this process.
public enum UserName {
    /// The user id.
    public static var number: Int64 { Int64(geteuid()) }

    /// The login name, or the user id where it has none; looked up once, as the question may go to a name service.
    public static let current: String = {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        let code = getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found)
        guard code == 0, found != nil, let name = entry.pw_name else { return String(geteuid()) }
        return String(cString: name)
    }()
}
