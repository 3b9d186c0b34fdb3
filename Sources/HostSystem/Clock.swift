internal import CHostSystem

/// The clocks. Durations and time-outs are differences of boot times; the wall clock is for people.
public enum Clock {
    /// Milliseconds since the boot, suspension included.
    public static var boottimeMilliseconds: Int64 { bf_boottime_nanoseconds() / 1_000_000 }
    /// Nanoseconds since the boot, suspension included.
    public static var boottimeNanoseconds: Int64 { bf_boottime_nanoseconds() }
    /// Milliseconds since 1970-01-01T00:00:00Z; may jump.
    public static var wallMilliseconds: Int64 { bf_wall_nanoseconds() / 1_000_000 }

    /// Whether something, such as NTP, keeps the wall clock right; nil where the kernel does not tell.
    public static var isSynchronised: Bool? {
        let answer = bf_wall_is_synchronised()
        return answer < 0 ? nil : answer == 1
    }

    /// The kernel's identifier of this boot, a UUID. Boot times and process start times compare only within one boot.
    /// Empty where /proc is missing.
    public static let bootIdentifier: String = {
        let bytes = (try? Files.readAll("/proc/sys/kernel/random/boot_id", limit: 256)) ?? []
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }()
}
