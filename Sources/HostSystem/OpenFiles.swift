internal import Glibc

/// How many files and connections a process may have open.
public enum OpenFiles {
    /// Lets this process, and those it starts, have as many open as the system allows it.
    /// - Returns: How many that are.
    public static func allowMost() -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return 1_024 }
        let before = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        return Int(clamping: setrlimit(kind, &limit) == 0 ? limit.rlim_cur : before)
    }
}
