import HostSystem

extension LimitFacts {
    /// Reads the limits of this process and tries one of the user's.
    static func probe() -> LimitFacts {
        let limits = (try? Files.readAll("/proc/self/limits", limit: 64 << 10)) ?? []
        let instances = (try? Files.readAll("/proc/sys/fs/inotify/max_user_instances", limit: 256)) ?? []
        return LimitFacts(
            openFiles: openFiles(in: String(decoding: limits, as: UTF8.self)), processors: Host.processorCount,
            inotifyInstances: Int(String(decoding: instances, as: UTF8.self).prefix { $0 != "\n" }), canWatch: (try? Inotify()) != nil,
            tellsPressure: Pressure.average10("memory", .full) != nil)
    }

    /// `Max open files            1024                 1048576              files` in /proc/PID/limits, see proc(5).
    static func openFiles(in text: String) -> (soft: UInt64, hard: UInt64)? {
        let title = "Max open files"
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(title) }) else { return nil }
        let numbers = line.dropFirst(title.count).split(separator: " ").prefix(2).map { $0 == "unlimited" ? UInt64.max : UInt64($0) }
        guard numbers.count == 2, let soft = numbers[0], let hard = numbers[1] else { return nil }
        return (soft, hard)
    }
}
