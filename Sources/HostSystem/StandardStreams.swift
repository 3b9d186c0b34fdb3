internal import Glibc

/// The three streams that a process begins with.
public enum StandardStreams {
    /// Opens those that the process was started without, so that no other file gets their numbers: what is written to them fails with
    /// `EBADF`, as it should, instead of ending up in a file of ours. To be called before anything is opened.
    public static func ensureOpen() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 { _ = open("/dev/null", O_RDONLY) }
    }
}
