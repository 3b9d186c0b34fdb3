internal import Glibc

/// How many files and connections a process may have open.
public enum OpenFiles {
    /// Lets this process, and those it starts without another limit, have as many open as the system allows it.
    /// - Returns: How many that are, and how many it was before.
    public static func allowMost() -> (now: Int, before: Int) {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return (1_024, 1_024) }
        let before = Int(clamping: limit.rlim_cur)
        limit.rlim_cur = limit.rlim_max
        return (setrlimit(kind, &limit) == 0 ? Int(clamping: limit.rlim_max) : before, before)
    }
}
